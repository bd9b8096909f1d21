internal import Packets
internal import Trace

/// Writes the lists of single connections that a summary has.
enum ConnectionListMembers {
    /// Appends the lists of connections and servers.
    static func append(_ summary: TraceSummary, to buffer: inout OutputBuffer) {
        var ends = EndpointMember()
        ObjectListMember.append("failedConnections", summary.failedConnections, to: &buffer) {
            failed,
            buffer in
            appendBeginning(failed.stream, failed.client, failed.server, &ends, to: &buffer)
            append(failed.outcome, attempts: failed.attempts, to: &buffer)
            buffer.append(",\"duration\":")
            buffer.append(seconds: failed.duration)
        }
        ObjectListMember.append("failedEndpoints", summary.failedEndpoints, to: &buffer) {
            failed,
            buffer in
            buffer.append("{\"server\":")
            ends.append(failed.server, to: &buffer)
            buffer.append(",\"connections\":")
            buffer.append(failed.connections)
            append(failed.outcome, attempts: failed.attempts, to: &buffer)
        }
        ObjectListMember.append("slowEndpoints", summary.slowEndpoints, to: &buffer) {
            slow,
            buffer in
            buffer.append("{\"server\":")
            ends.append(slow.server, to: &buffer)
            buffer.append(",\"connections\":")
            buffer.append(slow.connections)
            buffer.append(",\"longestConnect\":")
            buffer.append(seconds: slow.longestConnect)
        }
        ObjectListMember.append("foreignConnections", summary.foreignConnections, to: &buffer) {
            foreign,
            buffer in
            appendBeginning(foreign.stream, foreign.client, foreign.server, &ends, to: &buffer)
            buffer.append(",\"protocol\":")
            buffer.append(json: foreign.protocolName.utf8.span)
            guard let name = foreign.serverName else { return }
            buffer.append(",\"serverName\":")
            buffer.append(json: name.utf8.span)
        }
        ObjectListMember.append("idleResets", summary.idleResets, to: &buffer) { reset, buffer in
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

    /// Appends the beginning of an object about a connection: number and both ends.
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
