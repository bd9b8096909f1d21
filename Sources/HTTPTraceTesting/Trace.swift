public import Expectations
internal import Trace
internal import TraceIO
internal import TraceOutput

/// The HTTP traffic that was captured while something ran.
///
/// It is whole: where the kernel lost a frame, there is an error instead of a trace.
public struct Trace: Sendable {
    /// The exchanges in the order in which they finished.
    public let exchanges: [Exchange]

    private let summary: TraceSummary
    private let ports: Set<Int>

    init(_ exchanges: [BackgroundTrace.Exchange], _ summary: TraceSummary, ports: Set<Int>) {
        self.exchanges = exchanges.map(Exchange.init)
        self.summary = summary
        self.ports = ports
    }

    /// Frames in the capture.
    public var frameCount: Int { summary.frames }

    /// TCP connections in the capture, of whatever protocol.
    public var connectionCount: Int { summary.streams }

    /// Connections that speak something other than HTTP/1, counted by protocol, such as `TLS`;
    /// `unknown` where a glance does not tell, and `no data` where nothing was sent.
    public var otherConnections: [String: Int] { summary.otherStreams }

    /// Bytes of HTTP connections that belong to no message.
    public var unclaimedByteCount: Int { summary.ledger.unclaimed }

    /// Everything that was found, in the order of the exchanges.
    public var findings: [Finding] { exchanges.flatMap(\.findings) }

    /// The exchanges whose request is such.
    ///
    /// ```swift
    /// #expect(trace.exchanges("GET", "/users/*").count == 2)
    /// ```
    ///
    /// - Parameters:
    ///   - method: the method; `*` stands for any characters, also none.
    ///   - target: the request target, likewise.
    /// - Returns: those exchanges, in the order in which they finished.
    public func exchanges(_ method: TextPattern, _ target: TextPattern) -> [Exchange] {
        exchanges.filter { exchange in
            guard let request = exchange.request else { return false }
            return method.matches(request.method ?? "") && target.matches(request.target ?? "")
        }
    }

    var ledger: Ledger { summary.ledger }

    /// What is said of a capture that holds nothing at all; `nil` of any other.
    var emptiness: String? {
        guard summary.frames == 0 else { return nil }
        let list = ports.sorted().map(String.init).joined(separator: ", ")
        return "no frame was seen on port \(list)"
    }
}

extension Trace: CustomStringConvertible {
    /// The exchanges as `httptrace` shows them, and what else is in the capture.
    public var description: String {
        var renderer = ExchangeRenderer(format: .pairs)
        var buffer = OutputBuffer()
        for exchange in exchanges { renderer.render(exchange.traced, into: &buffer) }
        renderer.summary(summary, into: &buffer)
        return String(buffer)
    }
}

extension String {
    /// A copy of the UTF-8 in `buffer`, which renderers write.
    init(_ buffer: borrowing OutputBuffer) {
        self = buffer.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }
}
