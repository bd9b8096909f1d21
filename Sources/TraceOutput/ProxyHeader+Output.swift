internal import Packets
internal import Trace

// What the PROXY protocol tells of the client, for people and for programs.
extension PairRenderer {
    /// Appends whom the proxy in front of the server speaks for.
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
}

extension JSONLinesRenderer {
    /// Appends whom the proxy in front of the server speaks for.
    static func append(_ header: ProxyHeader, to buffer: inout OutputBuffer) {
        var member = EndpointMember()
        buffer.append(",\"proxy\":{\"version\":")
        buffer.append(header.version)
        if let client = header.client {
            buffer.append(",\"client\":")
            member.append(client, to: &buffer)
        }
        if let server = header.server {
            buffer.append(",\"server\":")
            member.append(server, to: &buffer)
        }
        buffer.append("}")
    }
}
