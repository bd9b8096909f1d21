import Bytes

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
    /// Not the exact name of a framing field, but one that some recipients take for that.
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

    /// Whether the field tells some recipients where the content ends.
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
