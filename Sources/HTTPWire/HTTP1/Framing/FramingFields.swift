/// The field lines of one message that the framing and the rules about that need.
struct FramingFields: Sendable {
    /// How many `Host` lines there are.
    var hosts = 0
    /// The index of the last `Host` line.
    var host: Int?
    /// The indices of the first and the last `Content-Length` line.
    var contentLength: ClosedRange<Int>?
    /// The indices of the first and the last `Transfer-Encoding` line.
    var transferEncoding: ClosedRange<Int>?
    /// The index of the last `Data` line, in which the client of the report carries data.
    var data: Int?
    /// The indices of the last `Connection` and `Upgrade` lines.
    var connection: Int?
    var upgrade: Int?
    /// Whether a line says that the content is coded, beyond chunks.
    var isContentCoded = false
    /// Whether a line ended with CR LF, and whether one ended with LF alone.
    var hasCRLF = false
    var hasBareLineFeed = false

    /// Remembers the line of this name at `index`.
    mutating func add(_ name: KnownFieldName, at index: Int) {
        switch name {
        case .host:
            hosts += 1
            host = index
        case .data: data = index
        case .connection: connection = index
        case .upgrade: upgrade = index
        case .contentLength: contentLength = (contentLength?.lowerBound ?? index)...index
        case .transferEncoding:
            transferEncoding = (transferEncoding?.lowerBound ?? index)...index
        case .contentEncoding: isContentCoded = true
        case .framingLike: break
        }
    }

    /// Remembers how a line ends.
    mutating func add(_ ending: LineEnding) {
        switch ending {
        case .crlf: hasCRLF = true
        case .lineFeed: hasBareLineFeed = true
        case .none: break
        }
    }

    /// The index of the last line that says how the content is framed.
    var lastFraming: Int? {
        let last = max(transferEncoding?.upperBound ?? -1, contentLength?.upperBound ?? -1)
        return last < 0 ? nil : last
    }
}
