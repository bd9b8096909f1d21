internal import Bytes
internal import HTTPWire
internal import Trace

// How long an exchange took, what TCP cost it, and what followed it on its connection.
extension JSONLinesRenderer {
    static func append(_ timing: Timing, to buffer: inout OutputBuffer) {
        buffer.append(",\"timing\":{")
        var separator: StaticString = "\""
        func append(_ key: StaticString, _ nanoseconds: Int64?, to buffer: inout OutputBuffer) {
            guard let nanoseconds else { return }
            buffer.append(separator)
            buffer.append(key)
            buffer.append("\":")
            buffer.append(seconds: nanoseconds)
            separator = ",\""
        }
        append("connect", timing.connect, to: &buffer)
        append("serverRoundTrip", timing.serverRoundTrip, to: &buffer)
        append("clientRoundTrip", timing.clientRoundTrip, to: &buffer)
        if let observed = timing.observed {
            buffer.append(",\"observed\":\"")
            buffer.append(string: observed.rawValue)
            buffer.append("\"")
        }
        append("blocked", timing.blocked, to: &buffer)
        append("send", timing.send, to: &buffer)
        append("wait", timing.wait, to: &buffer)
        append("firstByte", timing.firstByte, to: &buffer)
        append("receive", timing.receive, to: &buffer)
        append("total", timing.total, to: &buffer)
        buffer.append("}")
    }

    static func append(_ cost: TransportCost, to buffer: inout OutputBuffer) {
        guard !cost.isZero else { return }
        buffer.append(",\"tcp\":{")
        var separator: StaticString = "\""
        func append(_ key: StaticString, _ count: UInt32, to buffer: inout OutputBuffer) {
            guard count > 0 else { return }
            buffer.append(separator)
            buffer.append(key)
            buffer.append("\":")
            buffer.append(Int(count))
            separator = ",\""
        }
        append("retransmissions", cost.retransmissions, to: &buffer)
        append("requestBytesRepeated", cost.requestBytesRepeated, to: &buffer)
        append("responseBytesRepeated", cost.responseBytesRepeated, to: &buffer)
        if cost.zeroWindow > 0 {
            buffer.append(separator)
            buffer.append("zeroWindow\":")
            buffer.append(seconds: cost.zeroWindow)
        }
        buffer.append("}")
    }

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
