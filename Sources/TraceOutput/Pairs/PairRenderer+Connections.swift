internal import Packets
internal import Trace

// Who ended connections, and which of them came to nothing.
extension PairRenderer {
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

    /// Appends a line for each connection that failed, and where there are several to a server one
    /// for that.
    func append(_ failed: [FailedConnection], to buffer: inout OutputBuffer) {
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
    func append(_ endpoints: [FailedEndpoint], to buffer: inout OutputBuffer) {
        for endpoint in endpoints where endpoint.connections > 1 {
            buffer.append("    ")
            buffer.append(string: endpoint.sentence)
            buffer.append("\n")
        }
    }

    /// Appends a line for each server that was slow to connect to.
    func append(_ endpoints: [SlowEndpoint], to buffer: inout OutputBuffer) {
        guard !endpoints.isEmpty else { return }
        buffer.append("\nConnections that were slow to come about\n")
        for endpoint in endpoints {
            buffer.append("    ")
            buffer.append(string: endpoint.sentence)
            buffer.append("\n")
        }
    }

    /// Appends a line for each connection that is not HTTP/1: its ends, what is spoken, and whom the
    /// client asked for.
    func append(_ foreign: [ForeignConnection], to buffer: inout OutputBuffer) {
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

    /// Appends a line for each connection that was reset while nothing was asked on it.
    func append(_ resets: [IdleReset], to buffer: inout OutputBuffer) {
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
