internal import Bytes
internal import Charsets

/// Text in UTF-8, whatever its charset was.
package struct DecodedText: Sendable, Hashable {
    /// The text; what is not of its charset stands in it as bytes that are not UTF-8.
    package private(set) var bytes: [UInt8]

    /// The charset by which it was read: a byte order mark counts more than a label.
    package private(set) var charset: Charset

    /// How many bytes or units are not of the charset.
    package private(set) var oddUnits = 0

    /// How many bytes at the end of the content begin a character and are not all of it.
    package private(set) var unfinishedBytes = 0

    /// What they are in ``bytes``.
    package private(set) var unfinishedLength = 0

    /// Whether it is other bytes than the content was, byte order mark aside.
    package private(set) var isConverted = false

    /// Whether bytes from 0x80 on are no UTF-8 and are to be shown as escapes, one by one.
    package var escapesHighBytes: Bool {
        switch charset {
        case .ascii, .other: true
        case .utf8, .windows1252, .latin9, .utf16, .utf16BigEndian, .utf16LittleEndian, .legacy:
            false
        }
    }

    /// Reads `content` by its byte order mark if that is to be heeded, by `label`, or else as UTF-8.
    package init(_ content: [UInt8], label: Charset?, heedsMark: Bool = true) {
        bytes = content
        charset = .utf8
        let (mark, markLength) = heedsMark ? Self.byteOrderMark(of: content.span) : (nil, 0)
        charset = mark ?? label ?? .utf8
        switch charset {
        case .utf8:
            if markLength > 0 { bytes.removeFirst(markLength) }
            unfinishedBytes = bytes.span.unfinishedCharacterLength
            unfinishedLength = unfinishedBytes
        case .ascii: oddUnits = content.count { $0 >= 0x80 }
        case .other: break
        case .windows1252, .latin9: readBytes(of: content)
        case .legacy(let encoding): convert(content, from: encoding)
        case .utf16, .utf16BigEndian, .utf16LittleEndian:
            if charset == .utf16 { charset = Self.likelyByteOrder(of: content.span) }
            readUnits(of: content.span, from: markLength)
        }
    }

    private mutating func convert(_ content: [UInt8], from encoding: LegacyEncoding) {
        guard let converted = ConvertedText(content.span, encoding) else {
            // The system lacks the table: as good as not known.
            charset = .other(Array(encoding.rawValue.utf8))
            return
        }
        oddUnits = converted.oddBytes
        // What is not of its charset may be text all the same, in UTF-8.
        guard !converted.isRefuted else { return }
        bytes = converted.bytes
        unfinishedBytes = converted.unfinishedBytes
        unfinishedLength = converted.unfinishedLength
        isConverted = true
    }

    private static func byteOrderMark(of content: Span<UInt8>) -> (Charset?, length: Int) {
        if content.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if content.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        if content.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        return (nil, 0)
    }

    /// The order of UTF-16 without a mark: where the zeros of ASCII stand, or else big-endian
    /// (RFC 2781 §4.3).
    private static func likelyByteOrder(of content: Span<UInt8>) -> Charset {
        var zeros = (even: 0, odd: 0)
        for index in 0..<min(content.count, 1024) where content[index] == 0 {
            if index % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
        }
        return zeros.odd > zeros.even ? .utf16LittleEndian : .utf16BigEndian
    }

    /// The code points of windows-1252 from 0x80 to 0x9F; 0 where there is none.
    private static let windows1252: [UInt32] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
        0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
        0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
    ]

    private func codePoint(of byte: UInt8) -> UInt32 {
        switch (charset, byte) {
        case (.windows1252, 0x80...0x9F): Self.windows1252[Int(byte - 0x80)]
        case (_, 0x80...0x9F): 0
        case (.latin9, 0xA4): 0x20AC
        case (.latin9, 0xA6): 0x0160
        case (.latin9, 0xA8): 0x0161
        case (.latin9, 0xB4): 0x017D
        case (.latin9, 0xB8): 0x017E
        case (.latin9, 0xBC): 0x0152
        case (.latin9, 0xBD): 0x0153
        case (.latin9, 0xBE): 0x0178
        default: UInt32(byte)
        }
    }

    private mutating func readBytes(of content: [UInt8]) {
        guard content.contains(where: { $0 >= 0x80 }) else { return }
        var text: [UInt8] = []
        text.reserveCapacity(content.count + content.count / 8)
        for byte in content {
            let point = byte < 0x80 ? UInt32(byte) : codePoint(of: byte)
            if point == 0, byte > 0 {
                // Behind a whole character a continuation byte is never UTF-8: it stays odd.
                text.append(byte)
                oddUnits += 1
            } else {
                text.append(codePoint: point)
            }
        }
        bytes = text
        isConverted = true
    }

    private mutating func readUnits(of content: Span<UInt8>, from start: Int) {
        let isLittle = charset == .utf16LittleEndian
        var text: [UInt8] = []
        text.reserveCapacity(content.count)
        func unit(at index: Int) -> UInt32 {
            let unit = content.bigEndianUInt16(at: index)
            return UInt32(isLittle ? unit.byteSwapped : unit)
        }
        var index = start
        while index + 1 < content.count {
            let first = unit(at: index)
            index += 2
            if 0xD800...0xDBFF ~= first, index + 1 < content.count,
                case let second = unit(at: index), 0xDC00...0xDFFF ~= second
            {
                text.append(codePoint: 0x1_0000 + (first - 0xD800) << 10 + (second - 0xDC00))
                index += 2
            } else {
                // A lone surrogate becomes three bytes that are not UTF-8.
                if 0xD800...0xDFFF ~= first { oddUnits += 1 }
                text.append(codePoint: first)
            }
        }
        if index < content.count {
            // Half a unit at the end, as a byte that is never UTF-8.
            oddUnits += 1
            text.append(0xFF)
        }
        bytes = text
        isConverted = true
    }
}

extension [UInt8] {
    /// Appends the UTF-8 of a code point, and the like for surrogates.
    fileprivate mutating func append(codePoint: UInt32) {
        func continuation(_ shift: UInt32) -> UInt8 {
            0x80 | UInt8(truncatingIfNeeded: codePoint >> shift) & 0x3F
        }
        switch codePoint {
        case ..<0x80: append(UInt8(truncatingIfNeeded: codePoint))
        case ..<0x800:
            append(0xC0 | UInt8(truncatingIfNeeded: codePoint >> 6))
            append(continuation(0))
        case ..<0x1_0000:
            append(0xE0 | UInt8(truncatingIfNeeded: codePoint >> 12))
            append(continuation(6))
            append(continuation(0))
        default:
            append(0xF0 | UInt8(truncatingIfNeeded: codePoint >> 18))
            append(continuation(12))
            append(continuation(6))
            append(continuation(0))
        }
    }
}
