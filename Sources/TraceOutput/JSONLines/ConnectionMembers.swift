internal import HTTPWire
internal import Packets
internal import Trace

/// Writes the facts about the connection around an exchange: the end, the proxy in front, and the
/// traffic after a switch of protocols.
enum ConnectionMembers {
    /// Appends the ends of the connection of an exchange, the first of them in one word.
    static func append(_ ends: [ConnectionEnd], to buffer: inout OutputBuffer) {
        guard let first = ends.first else { return }
        buffer.append(",\"endedBy\":\"")
        buffer.append(string: first.name)
        buffer.append("\"")
        ObjectListMember.append("ends", ends, to: &buffer) { end, buffer in
            buffer.append("{\"by\":\"")
            buffer.append(string: end.side.rawValue)
            buffer.append("\",\"how\":\"")
            buffer.append(string: end.manner.rawValue)
            buffer.append("\",\"frame\":")
            buffer.append(end.frame)
            guard let time = end.sinceRequest else { return }
            buffer.append(",\"sinceRequest\":")
            buffer.append(seconds: time)
        }
    }

    /// Appends the client for which the proxy in front of the server speaks.
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

    /// Appends the traffic after the response had turned the connection over.
    static func append(_ traffic: SwitchedTraffic, to buffer: inout OutputBuffer) {
        buffer.append(",\"switched\":{\"protocol\":")
        buffer.append(json: traffic.name.utf8.span)
        if let recognized = traffic.recognized {
            buffer.append(",\"recognized\":")
            buffer.append(json: recognized.utf8.span)
        }
        if traffic.isCounted {
            buffer.append(",\"client\":")
            append(traffic.client, to: &buffer)
            buffer.append(",\"server\":")
            append(traffic.server, to: &buffer)
        }
        buffer.append("}")
    }

    private static func append(_ side: SwitchedTraffic.Side, to buffer: inout OutputBuffer) {
        buffer.append("{\"bytes\":")
        buffer.append(side.bytes)
        if let frames = side.frames {
            buffer.append(",\"frames\":{")
            var separator: StaticString = "\""
            for kind in WebSocketFrameKind.allCases where frames.count(kind) > 0 {
                buffer.append(separator)
                buffer.append(string: kind.rawValue)
                buffer.append("\":")
                buffer.append(frames.count(kind))
                separator = ",\""
            }
            buffer.append("},\"masked\":")
            buffer.append(frames.masked)
            if frames.isLost { buffer.append(",\"framesLost\":true") }
        }
        buffer.append("}")
    }
}
