internal import Packets
internal import Trace

// How connections end that matter to no exchange, or to one that is not whole.
extension JSONLinesRenderer {
    /// Appends what has ended the connection of an exchange, the first of it in one word.
    static func append(_ ends: [ConnectionEnd], to buffer: inout OutputBuffer) {
        guard let first = ends.first else { return }
        buffer.append(",\"endedBy\":\"")
        buffer.append(string: first.name)
        buffer.append("\"")
        append("ends", ends, to: &buffer) { end, buffer in
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

    /// Appends what the summary says of single connections.
    static func append(connectionsOf summary: TraceSummary, to buffer: inout OutputBuffer) {
        var ends = EndpointMember()
        append("failedConnections", summary.failedConnections, to: &buffer) { failed, buffer in
            appendBeginning(failed.stream, failed.client, failed.server, &ends, to: &buffer)
            append(failed.outcome, attempts: failed.attempts, to: &buffer)
            buffer.append(",\"duration\":")
            buffer.append(seconds: failed.duration)
        }
        append("failedEndpoints", summary.failedEndpoints, to: &buffer) { failed, buffer in
            buffer.append("{\"server\":")
            ends.append(failed.server, to: &buffer)
            buffer.append(",\"connections\":")
            buffer.append(failed.connections)
            append(failed.outcome, attempts: failed.attempts, to: &buffer)
        }
        append("slowEndpoints", summary.slowEndpoints, to: &buffer) { slow, buffer in
            buffer.append("{\"server\":")
            ends.append(slow.server, to: &buffer)
            buffer.append(",\"connections\":")
            buffer.append(slow.connections)
            buffer.append(",\"longestConnect\":")
            buffer.append(seconds: slow.longestConnect)
        }
        append("foreignConnections", summary.foreignConnections, to: &buffer) { foreign, buffer in
            appendBeginning(foreign.stream, foreign.client, foreign.server, &ends, to: &buffer)
            buffer.append(",\"protocol\":")
            buffer.append(json: foreign.protocolName.utf8.span)
            guard let name = foreign.serverName else { return }
            buffer.append(",\"serverName\":")
            buffer.append(json: name.utf8.span)
        }
        append("idleResets", summary.idleResets, to: &buffer) { reset, buffer in
            appendBeginning(reset.stream, reset.client, reset.server, &ends, to: &buffer)
            buffer.append(",\"by\":\"")
            buffer.append(string: reset.side.rawValue)
            buffer.append("\",\"frame\":")
            buffer.append(reset.frame)
            guard let idle = reset.idle else { return }
            buffer.append(",\"idle\":")
            buffer.append(seconds: idle)
        }
    }

    /// Appends a member that is a list of objects, where there are any; `body` appends one, but for
    /// its closing brace.
    private static func append<Element>(
        _ name: StaticString,
        _ elements: [Element],
        to buffer: inout OutputBuffer,
        _ body: (Element, inout OutputBuffer) -> Void
    ) {
        guard !elements.isEmpty else { return }
        buffer.append(",\"")
        buffer.append(name)
        buffer.append("\":[")
        for (index, element) in elements.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            body(element, &buffer)
            buffer.append("}")
        }
        buffer.append("]")
    }

    /// Appends the beginning of an object about a connection: its number and its ends.
    private static func appendBeginning(
        _ stream: Int,
        _ client: Endpoint,
        _ server: Endpoint,
        _ ends: inout EndpointMember,
        to buffer: inout OutputBuffer
    ) {
        buffer.append("{\"stream\":")
        buffer.append(stream)
        buffer.append(",\"client\":")
        ends.append(client, to: &buffer)
        buffer.append(",\"server\":")
        ends.append(server, to: &buffer)
    }

    private static func append(
        _ outcome: FailedConnection.Outcome,
        attempts: Int,
        to buffer: inout OutputBuffer
    ) {
        buffer.append(",\"outcome\":\"")
        buffer.append(string: outcome.rawValue)
        buffer.append("\",\"attempts\":")
        buffer.append(attempts)
    }
}
