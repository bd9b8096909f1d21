/// How the end of a message's content is told (RFC 9112 §6.3).
package enum ContentFraming: Sendable, Hashable {
    /// There is none.
    case noContent
    /// So many bytes, from `Content-Length`.
    case length(Int)
    /// The chunked transfer coding ends the content.
    case chunked
    /// The close of the connection ends the content.
    case untilClose
    /// The bytes that follow belong to another protocol.
    case switched

    /// Whether bytes of content are to come.
    var hasContent: Bool {
        switch self {
        case .noContent, .switched, .length(0): false
        case .length, .chunked, .untilClose: true
        }
    }
}
