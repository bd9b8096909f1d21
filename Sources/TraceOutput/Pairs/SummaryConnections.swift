internal import Packets
internal import Trace

/// The lines of a summary about single connections, and about the servers of several.
enum SummaryConnections {
    /// Appends a line for each connection that failed, and where there are several to a server one
    /// for that.
    static func append(_ failed: [FailedConnection], to buffer: inout OutputBuffer) {
        for connection in failed {
            buffer.append("    ")
            buffer.append(connection.client)
            buffer.append(" → ")
            buffer.append(connection.server)
            switch connection.outcome {
            case .refused: buffer.append(": refused")
            case .unanswered: buffer.append(": not answered")
            }
            if connection.attempts > 1 {
                buffer.append(", SYN sent ")
                buffer.append(grouped: connection.attempts)
                buffer.append(" times in ")
                buffer.append(duration: connection.duration)
            }
            buffer.append("\n")
        }
    }

    /// Appends a line for each server of several connections that failed.
    static func append(_ endpoints: [FailedEndpoint], to buffer: inout OutputBuffer) {
        for endpoint in endpoints where endpoint.connections > 1 {
            buffer.append("    ")
            buffer.append(string: endpoint.sentence)
            buffer.append("\n")
        }
    }

    /// Appends a line for each server that was slow to connect to.
    static func append(_ endpoints: [SlowEndpoint], to buffer: inout OutputBuffer) {
        guard !endpoints.isEmpty else { return }
        buffer.append("\nConnections that were slow to come about\n")
        for endpoint in endpoints {
            buffer.append("    ")
            buffer.append(string: endpoint.sentence)
            buffer.append("\n")
        }
    }

    /// Appends a line for each connection that is not HTTP/1: both ends, the protocol spoken, and
    /// the server that the client named.
    static func append(_ foreign: [ForeignConnection], to buffer: inout OutputBuffer) {
        for connection in foreign {
            buffer.append("    ")
            buffer.append(connection.client)
            buffer.append(" → ")
            buffer.append(connection.server)
            buffer.append(": ")
            buffer.append(escaped: connection.protocolName.utf8.span)
            if let name = connection.serverName {
                buffer.append(" to ")
                buffer.append(string: name)
            }
            buffer.append("\n")
        }
    }

    /// Appends a line for each connection that was reset while idle.
    static func append(_ resets: [IdleReset], to buffer: inout OutputBuffer) {
        guard !resets.isEmpty else { return }
        buffer.append("\nConnections that were reset while nothing was asked\n")
        for reset in resets {
            buffer.append("    ")
            buffer.append(reset.client)
            buffer.append(" → ")
            buffer.append(reset.server)
            buffer.append(": ")
            buffer.append(string: reset.sentence)
            buffer.append("\n")
        }
    }
}
