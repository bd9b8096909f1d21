import ArgumentParser
import Console
import PeerTransport
import Peers
import Replay
import TraceIO

/// Plays a script on one connection or many, and shows what comes of it.
struct SendSession: ~Copyable {
    /// Of how many groups of connections one is shown.
    private static let shownExamples = 4

    /// Connections that came to the same.
    private struct Group {
        var outcome: String
        var count = 0
        var example: Play
    }

    private let client: ScriptClient
    private let script: Script
    private let expected: [Int]?
    private let connections: Int
    private let areAtOnce: Bool
    private let showsJSON: Bool
    private let showsAll: Bool
    private var text = TextWriter()
    private var groups: [Group] = []
    private var isUnreachable = true
    private var complaints = 0

    init(_ command: SendCommand, _ script: Script) {
        client = ScriptClient(
            host: command.host,
            port: Int(command.port),
            timeout: command.timeout.duration,
            limit: command.maxTime.duration
        )
        self.script = script
        expected = command.expect.isEmpty ? nil : command.expect.flatMap(\.statuses)
        connections = command.connections ?? script.sections.count
        areAtOnce = command.connections != nil
        showsJSON = command.json
        showsAll = command.all
    }

    /// Plays on all connections; answers what to exit with.
    mutating func run() async throws -> ExitCode {
        if areAtOnce {
            for await play in playsAtOnce() { take(play) }
        } else {
            for number in 0..<connections {
                take(await client.play(script.section(number), number: number))
            }
        }
        if !showsEach, !showsJSON { showGroups() }
        if connections > 1, complaints > 0 {
            StandardError.report(
                "\(complaints) of \(connections) connections did not go as expected",
                by: "httptrace-client"
            )
        }
        text.flush()
        if case .refused(let reason) = text.failure {
            StandardError.report(
                "standard output cannot be written: \(reason)",
                by: "httptrace-client"
            )
            return ExitCode(73)
        }
        if isUnreachable { return ExitCode(69) }
        return complaints == 0 ? .success : ExitCode(1)
    }

    /// Plays on all connections at once; gives each as it ends.
    private func playsAtOnce() -> AsyncStream<Play> {
        let (client, script, connections) = (client, script, connections)
        return AsyncStream { continuation in
            let task = Task {
                await withTaskGroup(of: Void.self) { group in
                    for number in 0..<connections {
                        group.addTask {
                            let steps = script.section(number)
                            continuation.yield(await client.play(steps, number: number))
                        }
                    }
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    /// Whether every connection is shown: in turn, or as asked for.
    private var showsEach: Bool { !areAtOnce || connections == 1 || showsAll }

    private mutating func take(_ play: Play) {
        var play = play
        if !play.isUnconnected { isUnreachable = false }
        let complaint = play.failure ?? complaint(aboutStatusesOf: play)
        play.failure = complaint
        if complaint != nil { complaints += 1 }
        if showsJSON {
            PlayJSON.append(play, to: &text.buffer)
        } else if showsEach {
            if !areAtOnce, play.number > 0 { text.buffer.append("connection\n") }
            PlayText.append(play, showsAll: showsAll, to: &text.buffer)
        }
        if showsJSON || showsEach { text.flush() }
        if !areAtOnce || connections == 1, let complaint {
            let which = connections == 1 ? "" : "connection \(play.number): "
            StandardError.report("\(which)\(complaint)", by: "httptrace-client")
        }
        if !showsEach { count(play, complaint) }
    }

    private func complaint(aboutStatusesOf play: Play) -> String? {
        guard let expected else { return nil }
        let statuses = play.messages.filter { $0.role == .response }.map(\.status)
        guard statuses != expected else { return nil }
        let seen = statuses.map { $0.map(String.init) ?? "no status" }
        let wanted = expected.map(String.init).joined(separator: ", ")
        return
            "expected \(wanted), got \(seen.isEmpty ? "no answer" : seen.joined(separator: ", "))"
    }

    private mutating func count(_ play: Play, _ complaint: String?) {
        let statuses = play.messages.compactMap(\.status).map(String.init)
        let outcome =
            complaint
            ?? (statuses.isEmpty ? "no answer" : "answered \(statuses.joined(separator: ", "))")
        let index =
            groups.firstIndex { $0.outcome == outcome }
            ?? {
                groups.append(Group(outcome: outcome, example: play))
                return groups.count - 1
            }()
        groups[index].count += 1
    }

    private mutating func showGroups() {
        for (index, group) in groups.sorted(by: { $0.count > $1.count }).enumerated() {
            if index < Self.shownExamples {
                PlayText.append(group.example, showsAll: false, to: &text.buffer)
            }
            text.buffer.append(
                string: "# \(group.count) of \(connections) connections: \(group.outcome)\n"
            )
        }
    }
}
