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
    /// Whether a line ended with CR LF, and whether one ended with LF alone.
    var hasCRLF = false
    var hasBareLineFeed = false
}

/// The field names that the framing and the rules look at.
enum KnownFieldName {
    case host
    case data
    case contentLength
    case transferEncoding

    /// Looks at the length first, so that most names cost one comparison.
    init?(_ name: Span<UInt8>) {
        switch name.count {
        case 4 where name.equalsIgnoringCase("Host"): self = .host
        case 4 where name.equalsIgnoringCase("Data"): self = .data
        case 14 where name.equalsIgnoringCase("Content-Length"): self = .contentLength
        case 17 where name.equalsIgnoringCase("Transfer-Encoding"): self = .transferEncoding
        default: return nil
        }
    }
}
