/// Text of an encoding in UTF-8.
package struct ConvertedText: Sendable, Hashable {
    /// The text; each byte that is not of the encoding stands in it by itself, which is not UTF-8, or
    /// as `\xNN` where it would be UTF-8 together with others of them.
    package private(set) var bytes: [UInt8] = []

    /// How many bytes are not of the encoding.
    package private(set) var oddBytes = 0

    /// How many bytes at the end begin a character and are not all of it; not among ``oddBytes``.
    package private(set) var unfinishedBytes = 0

    /// What they are in ``bytes``.
    package private(set) var unfinishedLength = 0

    /// Whether the last of ``bytes`` are odd and may begin a character of UTF-8.
    private var endsInLead = false

    private static let pieceOfOutput = 16 << 10

    /// So many odd bytes are taken one by one, and as many as are a tenth of the content.
    private static let oddBytesOfText = 256

    /// Whether the content is so often not of the encoding that it is none of its texts; it was looked
    /// at no further.
    package private(set) var isRefuted = false

    /// Converts `content`; `nil` where the system cannot.
    package init?(_ content: Span<UInt8>, _ encoding: LegacyEncoding) {
        guard let converter = CharsetConverter(encoding) else { return nil }
        bytes.reserveCapacity(content.count + content.count / 2)
        let room = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Self.pieceOfOutput,
            alignment: 16
        )
        defer { unsafe room.deallocate() }
        var position = 0
        while position < content.count {
            isRefuted = oddBytes > max(Self.oddBytesOfText, content.count / 10)
            guard !isRefuted else { return }
            let rest = content.extracting(position..<content.count)
            let step = unsafe rest.withUnsafeBytes { unsafe converter.step($0, into: room) }
            position += step.consumed
            unsafe append(UnsafeRawBufferPointer(rebasing: room.prefix(step.produced)))
            switch step.stop {
            case .endOfInput: break
            case .noRoom where step.consumed > 0 || step.produced > 0: break
            case .noRoom, .invalid:
                unsafe flush(converter, encoding, room)
                position += takeOdd(content, at: position, encoding)
            case .insideCharacter:
                unsafe flush(converter, encoding, room)
                unfinishedBytes = content.count - position
                let whole = bytes.count
                while position < content.count {
                    append(odd: content[position])
                    position += 1
                }
                unfinishedLength = bytes.count - whole
            }
        }
        unsafe flush(converter, encoding, room)
    }

    /// Takes what the converter has kept back, where that does not make it forget which of its
    /// tables is in force.
    private mutating func flush(
        _ converter: borrowing CharsetConverter,
        _ encoding: LegacyEncoding,
        _ room: UnsafeMutableRawBufferPointer
    ) {
        guard encoding != .iso2022JP else { return }
        let produced = unsafe converter.finish(into: room)
        unsafe append(UnsafeRawBufferPointer(rebasing: room.prefix(produced)))
    }

    private mutating func append(_ text: UnsafeRawBufferPointer) {
        guard unsafe !text.isEmpty else { return }
        unsafe bytes.append(contentsOf: text)
        endsInLead = false
    }

    /// Takes what is not of the encoding as browsers do; answers how many bytes that is.
    private mutating func takeOdd(
        _ content: Span<UInt8>,
        at position: Int,
        _ encoding: LegacyEncoding
    ) -> Int {
        guard position < content.count else { return 0 }
        let byte = content[position]
        if byte == 0x80, encoding == .gbk || encoding == .gb18030 {
            bytes.append(contentsOf: "€".utf8)
            endsInLead = false
            return 1
        }
        append(odd: byte)
        oddBytes += 1
        // The second byte of a pair that means nothing; ASCII is never taken for one.
        guard encoding.isMultiByte, 0x81...0xFE ~= byte, position + 1 < content.count,
            content[position + 1] >= 0x80
        else { return 1 }
        append(odd: content[position + 1])
        oddBytes += 1
        return 2
    }

    private mutating func append(odd byte: UInt8) {
        let isContinuation = byte & 0xC0 == 0x80
        if byte >= 0x80, !isContinuation || !endsInLead {
            bytes.append(byte)
            endsInLead = !isContinuation
        } else {
            let digits = Array("0123456789abcdef".utf8)
            bytes += [0x5C, 0x78, digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
            endsInLead = false
        }
    }
}
