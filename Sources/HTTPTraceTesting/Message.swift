internal import Expectations
internal import TraceIO

/// A request or a response as it was on the wire.
public struct Message: Sendable {
    private let traced: BackgroundTrace.Message

    init(_ traced: BackgroundTrace.Message) { self.traced = traced }

    /// The request method as sent; `nil` for a response.
    public var method: String? { traced.method }

    /// The request target as sent; `nil` for a response.
    public var target: String? { traced.target }

    /// The version as sent, such as `HTTP/1.1`; `nil` where the start line has none (HTTP/0.9).
    public var version: String? { traced.version }

    /// The status code, 0 to 999; `nil` for a request and where the line has none.
    public var status: Int? { traced.status }

    /// The reason phrase of a response as sent; `nil` where there is none.
    public var reason: String? { traced.reason }

    /// The field lines in order: names as sent, values without surrounding white space.
    public var headers: [(name: String, value: String)] { traced.fields }

    /// The values of all field lines with this name, letter case aside, in order.
    public func values(of name: String) -> [String] {
        let wanted = name.lowercased()
        return traced.fields.filter { $0.name.lowercased() == wanted }.map(\.value)
    }

    /// The value of the first field line with this name, letter case aside; `nil` where there is
    /// none.
    public subscript(name: String) -> String? { values(of: name).first }

    /// The content as sent, transfer coding removed; the first bytes of it where it is longer than
    /// the `contentLimit` of the capture.
    public var content: [UInt8] { traced.content }

    /// The content with its codings (`Content-Encoding`) removed, as far as that goes.
    public var decodedContent: [UInt8] { traced.decodedContent }

    /// The decoded content as text; `nil` where it is not UTF-8.
    public var text: String? { String(validating: decodedContent, as: UTF8.self) }

    /// Bytes of content that were on the wire, transfer coding removed, also when it was cut short.
    public var contentLength: Int { traced.contentLength }

    /// Bytes that the message took on the wire: head, content, chunk framing and trailers.
    public var wireLength: Int { traced.wireLength }

    /// Whether it was seen to its end as its framing defines it.
    public var isComplete: Bool { traced.isComplete }

    /// The frame with its first byte, counted from 1.
    public var firstFrame: Int { traced.firstFrame }

    /// The frame whose arrival completed it.
    public var lastFrame: Int { traced.lastFrame }

    /// What is wrong with it, in the order it was found.
    public var findings: [Finding] { traced.findings.map(Finding.init) }
}
