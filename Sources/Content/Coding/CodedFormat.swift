/// A compressed format as it is on the wire: what a coding's name stands for, or what was sent
/// under it instead.
package enum CodedFormat: String, Sendable, Hashable, CaseIterable {
    case gzip
    case zlib
    /// DEFLATE with nothing around it.
    case rawDeflate = "raw deflate"
    case brotli
    case zstd

    /// The formats that content under this name is tried as, the right one first.
    ///
    /// `deflate` means zlib (RFC 9110 §8.4.1.2), but is often sent without the wrapping. Others are
    /// sent under a wrong name, and told by their first bytes.
    static func candidates(for coding: ContentCoding, _ content: Span<UInt8>) -> [CodedFormat] {
        let sniffed = CodedFormat(beginning: content)
        let named: [CodedFormat] =
            switch coding {
            case .gzip: [.gzip]
            case .deflate: sniffed == .zlib ? [.zlib, .rawDeflate] : [.rawDeflate]
            case .brotli: [.brotli]
            case .zstd: [.zstd]
            }
        guard let sniffed, !named.contains(sniffed) else { return named }
        return named + [sniffed]
    }

    /// Whether `content` begins as content of this coding does, as far as that has a sign.
    static func mayBegin(_ content: Span<UInt8>, as coding: ContentCoding) -> Bool {
        switch coding {
        case .brotli: true
        case .gzip: content[0] == 0x1F && (content.count < 2 || content[1] == 0x8B)
        case .zstd: content.count < 4 || Self.zstd.mayContinue(content)
        case .deflate: CodedFormat(beginning: content) == .zlib
        }
    }

    /// Whether this is what the name stands for.
    func isMeant(by coding: ContentCoding) -> Bool {
        switch coding {
        case .gzip: self == .gzip
        case .deflate: self == .zlib || self == .rawDeflate
        case .brotli: self == .brotli
        case .zstd: self == .zstd
        }
    }

    /// The format that these first bytes tell; `nil` for others, and for those that have no sign.
    private init?(beginning content: Span<UInt8>) {
        if content.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if Self.zstd.mayContinue(content) {
            self = .zstd
        } else if content.count >= 2, content[0] & 0x8F == 0x08,
            (UInt16(content[0]) << 8 | UInt16(content[1])) % 31 == 0
        {
            self = .zlib
        } else {
            return nil
        }
    }

    /// Whether `rest`, behind a complete member or frame, begins another of this format.
    func mayContinue(_ rest: Span<UInt8>) -> Bool {
        switch self {
        case .gzip: rest.starts(with: [0x1F, 0x8B])
        case .zstd:
            rest.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
                || rest.count >= 4 && rest[0] & 0xF0 == 0x50
                    && rest.extracting(1..<4).starts(with: [0x2A, 0x4D, 0x18])
        case .zlib, .rawDeflate, .brotli: false
        }
    }

    /// The most bytes of input to give at once; 0 for no such limit.
    ///
    /// zstd and brotli keep back what they have decoded when damage follows in the same piece.
    var pieceLength: Int {
        switch self {
        case .gzip, .zlib, .rawDeflate: 0
        case .brotli: 32
        // The shortest beginning of a frame; the library then says itself what it wants.
        case .zstd: 5
        }
    }
}

extension Span<UInt8> {
    func starts(with prefix: [UInt8]) -> Bool {
        guard count >= prefix.count else { return false }
        for index in prefix.indices where self[index] != prefix[index] { return false }
        return true
    }
}
