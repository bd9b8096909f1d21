internal import HTTPWire
internal import Packets
internal import Trace

/// Writes the facts about the connection around an exchange: the proxy in front, the end, and the
/// traffic after a switch of protocols.
struct ConnectionWriter: Sendable {
    let style: Style

    /// Appends the client for which the proxy in front of the server speaks.
    func append(_ header: ProxyHeader, to buffer: inout OutputBuffer) {
        buffer.append("PROXY protocol, version ")
        buffer.append(header.version)
        if let client = header.client, let server = header.server {
            buffer.append(": for ")
            buffer.append(client)
            buffer.append(" → ")
            buffer.append(server)
        } else {
            buffer.append(": it does not say for whom")
        }
        buffer.append("\n")
    }

    /// Appends a line for each frame that has ended the connection of an exchange.
    func append(_ ends: [ConnectionEnd], to buffer: inout OutputBuffer) {
        for end in ends {
            style.begin(.warning, in: &buffer)
            buffer.append("    [")
            buffer.append(string: end.sentence)
            buffer.append("]")
            style.end(.warning, in: &buffer)
            buffer.append("\n")
        }
    }

    /// Appends the traffic after the response had turned the connection over.
    func append(_ traffic: SwitchedTraffic, to buffer: inout OutputBuffer) {
        style.begin(.faint, in: &buffer)
        buffer.append("    [Then ")
        buffer.append(string: traffic.name)
        if let recognized = traffic.recognized {
            buffer.append(", ")
            buffer.append(string: recognized)
        }
        if traffic.isCounted {
            buffer.append(": ")
            append(traffic.client, of: "client", to: &buffer)
            buffer.append("; ")
            append(traffic.server, of: "server", to: &buffer)
        }
        buffer.append("]")
        style.end(.faint, in: &buffer)
        buffer.append("\n")
    }

    private func append(
        _ side: SwitchedTraffic.Side,
        of name: StaticString,
        to buffer: inout OutputBuffer
    ) {
        buffer.append(name)
        buffer.append(" ")
        buffer.append(grouped: side.bytes)
        buffer.append(" bytes")
        guard let frames = side.frames else { return }
        for kind in WebSocketFrameKind.allCases where frames.count(kind) > 0 {
            buffer.append(", ")
            buffer.append(grouped: frames.count(kind))
            buffer.append(" ")
            buffer.append(string: kind.rawValue)
        }
        if frames.isLost { buffer.append(", then frames that could not be counted") }
    }
}
