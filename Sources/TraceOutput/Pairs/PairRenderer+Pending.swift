internal import Bytes
package import Trace

extension PairRenderer {
    /// Appends a line for an exchange that is in flight: its pair comes when it is over.
    package func render(
        pending exchange: Exchange,
        waited nanoseconds: Int64,
        into buffer: inout OutputBuffer
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
