internal import Bytes
internal import Content
internal import Findings
internal import HTTPWire
package import PeerTransport
internal import Peers
package import TraceOutput

/// What a play came to, as one JSON object on a line.
///
/// Members: `connection` (from 0), `local` and `peer` (`address`, `port`), `connectTime` (seconds;
/// `null` where this end was connected to), `sent` and `received` (bytes), `events`, `messages`,
/// `failure` (a sentence, or `null`). An event has `time` (seconds from the beginning of the
/// connection) and `event`: `sent` and `received` with `length`, `encoding` (`utf-8` or `base64`)
/// and `data`; `half-close`, `reset`, `peer-closed`, `peer-reset`. A message has `role`, `method`
/// and `target` or `status` and `interim`, `contentLength`, `complete` and `findings` (codes).
package enum PlayJSON {
    /// Appends a play.
    package static func append(_ play: Play, to buffer: inout OutputBuffer) {
        buffer.append("{\"connection\":")
        buffer.append(play.number)
        buffer.append(",\"local\":")
        append(play.local, to: &buffer)
        buffer.append(",\"peer\":")
        append(play.peer, to: &buffer)
        buffer.append(",\"connectTime\":")
        append(play.connectTime, to: &buffer)
        buffer.append(",\"sent\":")
        buffer.append(play.sent)
        buffer.append(",\"received\":")
        buffer.append(play.received)
        buffer.append(",\"events\":[")
        for (index, moment) in play.moments.enumerated() {
            if index > 0 { buffer.append(",") }
            append(moment, to: &buffer)
        }
        buffer.append("],\"messages\":[")
        for (index, message) in play.messages.enumerated() {
            if index > 0 { buffer.append(",") }
            append(message, to: &buffer)
        }
        buffer.append("],\"failure\":")
        append(string: play.failure, to: &buffer)
        buffer.append("}\n")
    }

    private static func append(_ end: HostAndPort?, to buffer: inout OutputBuffer) {
        guard let end else { return buffer.append("null") }
        buffer.append("{\"address\":")
        append(string: end.host, to: &buffer)
        buffer.append(",\"port\":")
        buffer.append(end.port)
        buffer.append("}")
    }

    private static func append(_ time: Duration?, to buffer: inout OutputBuffer) {
        guard let time else { return buffer.append("null") }
        buffer.append(seconds: Int64(time / .nanoseconds(1)))
    }

    private static func append(string: String?, to buffer: inout OutputBuffer) {
        guard let string else { return buffer.append("null") }
        buffer.append(json: Array(string.utf8).span)
    }

    private static func append(_ moment: Play.Moment, to buffer: inout OutputBuffer) {
        buffer.append("{\"time\":")
        append(moment.time, to: &buffer)
        buffer.append(",\"event\":")
        switch moment.event {
        case .sent(let bytes): append("sent", bytes, to: &buffer)
        case .received(let bytes): append("received", bytes, to: &buffer)
        case .halfClosed: buffer.append("\"half-close\"")
        case .broken: buffer.append("\"reset\"")
        case .ended: buffer.append("\"peer-closed\"")
        case .reset: buffer.append("\"peer-reset\"")
        }
        buffer.append("}")
    }

    private static func append(
        _ event: StaticString,
        _ bytes: [UInt8],
        to buffer: inout OutputBuffer
    ) {
        buffer.append("\"")
        buffer.append(event)
        buffer.append("\",\"length\":")
        buffer.append(bytes.count)
        if bytes.span.isUTF8 {
            buffer.append(",\"encoding\":\"utf-8\",\"data\":")
            buffer.append(json: bytes.span)
        } else {
            buffer.append(",\"encoding\":\"base64\",\"data\":\"")
            buffer.append(base64: bytes.span)
            buffer.append("\"")
        }
    }

    private static func append(_ message: PlayedMessage, to buffer: inout OutputBuffer) {
        if message.role == .request {
            buffer.append("{\"role\":\"request\",\"method\":")
            append(string: message.method, to: &buffer)
            buffer.append(",\"target\":")
            append(string: message.target, to: &buffer)
        } else {
            buffer.append("{\"role\":\"response\",\"status\":")
            if let status = message.status { buffer.append(status) } else { buffer.append("null") }
            buffer.append(",\"interim\":[")
            for (index, status) in message.interim.enumerated() {
                if index > 0 { buffer.append(",") }
                buffer.append(status)
            }
            buffer.append("]")
        }
        buffer.append(",\"contentLength\":")
        buffer.append(message.contentLength)
        buffer.append(message.isComplete ? ",\"complete\":true" : ",\"complete\":false")
        buffer.append(",\"findings\":[")
        for (index, code) in message.findings.enumerated() {
            if index > 0 { buffer.append(",") }
            append(string: code.rawValue, to: &buffer)
        }
        buffer.append("]}")
    }
}
