/// The request that a response answers, as far as that decides the framing (RFC 9112 §6.3).
package enum AnsweredRequest: Sendable, Hashable {
    /// Nothing special.
    case ordinary
    /// Nobody knows, or not surely: maybe `HEAD`.
    case unknown
    /// `HEAD`: the response has no content whatever the fields say.
    case head
    /// `CONNECT`: a 2xx response turns the connection into a tunnel.
    case connect
    /// A request without version: the answer has no head (HTTP/0.9).
    case withoutVersion
}
