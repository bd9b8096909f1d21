/// A request line or status line taken apart; every range counts from the message's first byte.
package struct StartLine: Sendable, Hashable {
    /// The whole line, line end included.
    package var line: Range<Int> = 0..<0
    /// How the line ends.
    package var ending: LineEnding = .none
    /// The method of a request; empty for a response.
    package var method: Range<Int> = 0..<0
    /// The request target as sent; empty for a response.
    package var target: Range<Int> = 0..<0
    /// The version as sent; empty where the line has none (HTTP/0.9).
    package var version: Range<Int> = 0..<0
    /// The status code as sent; empty for a request and for a response with none.
    package var status: Range<Int> = 0..<0
    /// The reason phrase of a response; may be empty.
    package var reason: Range<Int> = 0..<0
    /// The value of ``status`` where made of digits, up to 999.
    package var statusCode: Int?
    /// The version by the digits.
    package var protocolVersion: ProtocolVersion = .missing

    package init() {}
}

/// The meaning of a version token.
package enum ProtocolVersion: Sendable, Hashable {
    /// No version: HTTP/0.9.
    case missing
    /// `HTTP/1.minor`.
    case http1(minor: UInt8)
    /// `HTTP/major.minor` or `HTTP/2`, a version that is not 1.x.
    case other(major: UInt8)
    /// Not of the form `HTTP/digit.digit`.
    case invalid
}

/// How a line ended on the wire.
package enum LineEnding: Sendable, Hashable {
    /// CR LF, as RFC 9112 §2.2 asks.
    case crlf
    /// A line feed alone.
    case lineFeed
    /// The bytes ended before the line did.
    case none
}
