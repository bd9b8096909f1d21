public import Trace
internal import Packets
internal import TraceIO
internal import TraceOutput

/// A request and the response to it, or the half of it that was on the wire.
public struct Exchange: Sendable {
    /// What the tracer gave.
    let traced: BackgroundTrace.Exchange

    init(_ traced: BackgroundTrace.Exchange) { self.traced = traced }

    /// Counts TCP connections from 0 in the order of their first packet, as Wireshark does.
    public var stream: Int { traced.stream }

    /// Counts the exchanges of a connection from 0.
    public var index: Int { traced.index }

    /// The end that sent, or would have sent, the request.
    public var client: Endpoint { Endpoint(traced.client) }

    /// The end that answers.
    public var server: Endpoint { Endpoint(traced.server) }

    /// The request; `nil` where none was on the wire.
    public var request: Message? { traced.request.map(Message.init) }

    /// The final response; `nil` where none was on the wire.
    public var response: Message? { traced.response.map(Message.init) }

    /// The interim responses (1xx) that came before the final one, in order.
    public var interimResponses: [Message] { traced.interim.map(Message.init) }

    /// Why ``request`` or ``response`` is missing; `nil` where both are there.
    public var absence: Absence? { traced.absence }

    /// How long its parts took.
    public var timing: Timing { Timing(traced.timing) }

    /// Everything that was found in it: in the request, the responses, and about the pair and its
    /// connection.
    public var findings: [Finding] {
        let messages =
            [request].compactMap(\.self) + interimResponses
            + [response].compactMap(\.self)
        return messages.flatMap(\.findings) + traced.findings.map(Finding.init)
    }

    /// What was found about the pair and its connection alone, such as `pipelined`.
    public var pairFindings: [Finding] { traced.findings.map(Finding.init) }
}

extension Exchange: CustomStringConvertible {
    /// The exchange as `httptrace` shows it, byte for byte and with each finding under its line.
    public var description: String {
        var renderer = ExchangeRenderer(format: .pairs)
        var buffer = OutputBuffer()
        renderer.render(traced, into: &buffer)
        return String(buffer)
    }
}

/// One end of a TCP connection.
public struct Endpoint: Sendable, Hashable, CustomStringConvertible {
    /// The IP address as text, such as `127.0.0.1` or `::1`.
    public let address: String

    /// The TCP port.
    public let port: Int

    init(_ endpoint: Packets.Endpoint) {
        address = endpoint.address.description
        port = Int(endpoint.port)
    }

    /// The address and the port, such as `127.0.0.1:8080` or `[::1]:8080`.
    public var description: String {
        address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
    }
}
