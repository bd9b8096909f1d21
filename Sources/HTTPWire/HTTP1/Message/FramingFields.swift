import Bytes

/// What the field lines of one message say that its framing and the rules about it need.
struct FramingFields: Sendable {
    /// How many `Host` lines there are.
    var hosts = 0
    /// The index of the last `Host` line.
    var host: Int?
    /// The indices of the first and the last `Content-Length` line.
    var contentLength: ClosedRange<Int>?
    /// The indices of the first and the last `Transfer-Encoding` line.
    var transferEncoding: ClosedRange<Int>?
    /// The index of the last `Data` line, in which the report's client carries its data.
    var data: Int?
    /// The indices of the last `Connection` and `Upgrade` lines.
    var connection: Int?
    var upgrade: Int?
    /// Whether a line says that the content is coded, beyond chunks.
    var isContentCoded = false
    /// Whether a line ended with CR LF, and whether one ended with LF alone.
    var hasCRLF = false
    var hasBareLineFeed = false

    /// The index of the last line that says how the content is framed.
    var lastFraming: Int? {
        let last = max(transferEncoding?.upperBound ?? -1, contentLength?.upperBound ?? -1)
        return last < 0 ? nil : last
    }
}

/// The field names that the framing and the rules look at, and the one that tells whether content
/// is worth keeping to be decoded.
enum KnownFieldName {
    case host
    case data
    case upgrade
    case connection
    case contentLength
    case transferEncoding
    case contentEncoding
    /// Not the exact name of a framing field, but one that some recipients take for it.
    case framingLike

    /// Looks at the length first, so that most names cost one comparison.
    init?(_ name: Span<UInt8>) {
        switch name.count {
        case 4 where name.equalsIgnoringCase("Host"): self = .host
        case 4 where name.equalsIgnoringCase("Data"): self = .data
        case 7 where name[0] | 0x20 == 0x75 && name.equalsIgnoringCase("Upgrade"): self = .upgrade
        case 10 where name[0] | 0x20 == 0x63 && name.equalsIgnoringCase("Connection"):
            self = .connection
        case 14 where name.equalsIgnoringCase("Content-Length"): self = .contentLength
        case 16 where name.equalsIgnoringCase("Content-Encoding"): self = .contentEncoding
        case 17 where name.equalsIgnoringCase("Transfer-Encoding"): self = .transferEncoding
        case 13...24 where name.resemblesFramingField: self = .framingLike
        default: return nil
        }
    }

    /// Whether it tells recipients, or some of them, where the content ends.
    var isFraming: Bool {
        switch self {
        case .contentLength, .transferEncoding, .framingLike: true
        case .host, .data, .upgrade, .connection, .contentEncoding: false
        }
    }
}

extension Span<UInt8> {
    /// Whether the letters are those of `Content-Length` or `Transfer-Encoding`, whatever else but
    /// digits stands in front of, between and behind them.
    fileprivate var resemblesFramingField: Bool {
        // Most names of this length end otherwise.
        let last = self[count - 1] | 0x20
        if last.isLetter, last != 0x68, last != 0x67 { return false }
        return hasLetters(of: "contentlength") || hasLetters(of: "transferencoding")
    }
}
