internal import Findings
internal import Packets
package import Trace

// What a list or lines of JSON do not say of a capture, as sentences.
extension TraceSummary {
    /// Warnings about the files for readers of the times, a sentence each.
    package var notices: [String] { clock.sentences(frames: frames) + jointSentences }

    private var jointSentences: [String] {
        guard let first = joints.first else { return [] }
        let more = jointCount - 1
        let others =
            switch more {
            case 0: ""
            case 1: ", and one more behind it"
            default: ", and \(more) more behind it"
            }
        return [
            "Another capture file begins at byte \(first)\(others): joined files are read one after "
                + "the other, and their frames numbered through."
        ]
    }

    /// How much there is: `8 exchanges, 3 errors, 12 warnings in 8 connections`.
    package var totals: String {
        var parts = [Self.counted(exchanges, "exchange", "exchanges")]
        for severity in [Severity.error, .warning, .note] {
            let count = findings.reduce(0) { $0 + ($1.key.severity == severity ? $1.value : 0) }
            if count > 0 {
                parts.append(Self.counted(count, severity.rawValue, "\(severity.rawValue)s"))
            }
        }
        return parts.joined(separator: ", ")
            + " in \(Self.counted(streams, "connection", "connections"))"
    }

    /// Which connections are not HTTP/1, and of which servers; `nil` where there are none.
    private var foreignSentence: String? {
        let counts = otherStreams.filter { !Self.isSilent($0.key) }
        guard !counts.isEmpty else { return nil }
        let parts = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { name, count in
            "\(Self.grouped(count)) \(name)\(ends(of: name, count))"
        }
        let count = counts.values.reduce(0, +)
        return Self.counted(count, "connection is", "connections are")
            + " not HTTP/1: \(parts.joined(separator: ", "))"
    }

    /// The fate of connections that a list or lines of JSON do not have.
    package var connectionSentences: [String] {
        [foreignSentence, failedSentence, slowSentence, idleResetSentence].compactMap { $0 }
    }

    /// Which servers let connections fail; `nil` where there are none.
    private var failedSentence: String? {
        guard !failedEndpoints.isEmpty else { return nil }
        let named = failedEndpoints.sorted { $0.connections > $1.connections }
            .prefix(Self.namedServers).map(\.sentence).joined(separator: ", ")
        return failedEndpoints.count > Self.namedServers ? named + ", …" : named
    }

    /// Which server was slowest to connect to; `nil` where none was slow.
    private var slowSentence: String? {
        guard let slowest = slowEndpoints.max(by: { $0.longestConnect < $1.longestConnect }) else {
            return nil
        }
        return slowEndpoints.count > 1 ? slowest.sentence + ", …" : slowest.sentence
    }

    /// How many connections were reset while idle, and by which side; `nil` where none was.
    private var idleResetSentence: String? {
        guard let count = findings[.idleReset], let first = idleResets.first else { return nil }
        return Self.counted(count, "idle connection was", "idle connections were")
            + " reset, the first of \(first.server) \(first.sentence)"
    }

    /// Servers that are named in one sentence.
    private static let namedServers = 3

    /// In brackets, the servers of connections of a protocol.
    private func ends(of name: String, _ count: Int) -> String {
        var servers: [String] = []
        for connection in foreignConnections where connection.protocolName == name {
            let text =
                connection.serverName.map { "\($0) at \(connection.server)" }
                ?? "\(connection.server)"
            if !servers.contains(text) { servers.append(text) }
        }
        guard !servers.isEmpty else { return "" }
        let known = foreignConnections.count { $0.protocolName == name }
        let isCut = servers.count > Self.namedServers || known < count
        let named = servers.prefix(Self.namedServers).joined(separator: ", ")
        return " (\(named)\(isCut ? ", …" : ""))"
    }

    /// Whether nothing was sent on connections that are counted so.
    private static func isSilent(_ name: String) -> Bool {
        name == "no data" || name == FailedConnection.Outcome.refused.name
            || name == FailedConnection.Outcome.unanswered.name
    }

    static func counted(_ count: Int, _ one: String, _ several: String) -> String {
        "\(grouped(count)) \(count == 1 ? one : several)"
    }

    private static func grouped(_ count: Int) -> String {
        count < 1000
            ? "\(count)"
            : "\(grouped(count / 1000)),\(String(count % 1000 + 1000).dropFirst())"
    }
}
