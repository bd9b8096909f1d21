/// How the server and the client write messages.
package enum WireMode: String, Sendable, Hashable, CaseIterable {
    /// Byte for byte as the report's programs wrote them, oddities included.
    case report
    /// Well formed, as RFC 9110 and RFC 9112 ask.
    case standard
}
