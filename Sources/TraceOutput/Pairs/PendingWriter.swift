internal import Bytes
internal import Trace

/// Writes exchanges that are in flight, a line each: the pair comes when the exchange is over.
struct PendingWriter: Sendable {
    let style: Style

    /// Appends a line for `exchange` and an empty one.
    func append(
        _ exchange: Exchange,
        waited nanoseconds: Int64,
        to buffer: inout OutputBuffer
    ) {
        let line = exchange.heldRequest.head.startLine
        let bytes = exchange.heldRequest.head.bytes.span
        style.begin(.faint, in: &buffer)
        buffer.append("In flight for ")
        buffer.append(duration: nanoseconds)
        buffer.append(": stream ")
        buffer.append(exchange.stream)
        buffer.append(", exchange ")
        buffer.append(exchange.index)
        buffer.append("  ")
        buffer.append(exchange.client)
        buffer.append(" → ")
        buffer.append(exchange.server)
        buffer.append("  ")
        buffer.append(string: EscapedText.escape(bytes.extracting(line.method)))
        buffer.append(" ")
        buffer.append(string: EscapedText.escape(bytes.extracting(line.target)))
        if exchange.hasResponse, let status = exchange.heldResponse.status {
            buffer.append(" → ")
            buffer.append(status)
            buffer.append("…")
        }
        style.end(.faint, in: &buffer)
        buffer.append("\n\n")
    }
}
