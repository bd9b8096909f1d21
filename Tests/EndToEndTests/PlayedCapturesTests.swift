import Bytes
import CaptureIO
import Findings
import Foundation
import PeerTransport
import Peers
import Reassembly
import Replay
import Support
import Testing
import Trace
import TraceIO

/// The captures of HTTP and TCP that the project keeps, played live: what the capture's two ends did is
/// made a script for each, both are played on loopback, and the live trace must show what the
/// capture shows: its ledger, and from what it wrote all exchanges and segments.
@Suite(.serialized) struct PlayedCapturesTests {
    /// The captures that no two programs can play over a system's TCP, and why.
    static let unplayable: [String: Reason] = [
        "tcp/client-only.pcap": .bytesMissing, "tcp/server-only.pcap": .bytesMissing,
        "tcp/hole-in-content.pcap": .bytesMissing, "tcp/hole-in-header-section.pcap": .bytesMissing,
        "tcp/hole-of-messages.pcap": .bytesMissing, "tcp/snap-length.pcap": .bytesMissing,
        "tcp/data-after-fin.pcap": .sentBehindClose,
        "tcp/frame-captured-twice.pcap": .frames(.duplicateFrame),
        "tcp/vlan-twins.pcap": .frames(.duplicateFrame),
        "tcp/retransmission.pcap": .frames(.retransmission),
        "tcp/retransmission-other-bytes.pcap": .frames(.conflictingOverlap),
        "tcp/forged-reset.pcap": .frames(.ignoredReset),
        "tcp/keep-alive.pcap": .sentAgain,
        "tcp/overlap-other-bytes.pcap": .frames(.conflictingOverlap),
        "tcp/overlap-both-sides.pcap": .frames(.outOfOrder),
        "tcp/out-of-order.pcap": .frames(.outOfOrder),
        "tcp/out-of-order-long.pcap": .frames(.outOfOrder),
        "tcp/zero-window.pcap": .frames(.zeroWindow), "tcp/urgent.pcap": .frames(.urgentData),
        "tcp/joined-in-the-middle.pcap": .frames(.missingHandshake),
        "tcp/port-reuse-without-handshake.pcap": .frames(.missingHandshake),
        "tcp/no-answer-captured.pcap": .noEnd, "tcp/port-reuse-without-fin.pcap": .noEnd,
    ]

    /// Why a capture cannot be played.
    enum Reason {
        /// Nobody knows bytes that are not in it.
        case bytesMissing
        /// A program cannot send behind its own FIN.
        case sentBehindClose
        /// This finding is about what became of frames on the way, in the kernel or in the capture,
        /// and not about what a program sends.
        case frames(FindingCode)
        /// A byte that was received is sent again, as systems probe whether a connection lives.
        case sentAgain
        /// The capture ends, or the connection is forgotten, before the ends have closed; programs
        /// that end do close.
        case noEnd
    }

    static let all = PlayableCapture.all(in: ["http", "report", "tcp"])
    static let played = all.filter { unplayable[$0.name] == nil }

    @Test(arguments: played)
    func `a capture that is played shows what it showed, segment by segment`(
        capture: PlayableCapture
    ) async throws {
        let expected = try capture.shown()
        #expect(try await capture.play() == expected)
    }

    @Test func `every capture of HTTP is played, and most of TCP`() {
        #expect(Self.played.filter { $0.name.hasPrefix("http/") }.count > 60)
        #expect(Self.unplayable.keys.allSatisfy { $0.hasPrefix("tcp/") })
        #expect(Self.all.count - Self.played.count == Self.unplayable.count)
    }

    @Test(arguments: unplayable.keys.sorted())
    func `what is not played has a reason that shows in it`(name: String) throws {
        let capture = try #require(Self.all.first { $0.name == name })
        switch try #require(Self.unplayable[name]) {
        case .bytesMissing:
            let error = #expect(throws: ReplayError.self) { try capture.scripts() }
            guard case .gap = error else {
                Issue.record("no gap, but \(String(describing: error))")
                return
            }
        case .sentBehindClose:
            #expect(throws: ReplayError.sentBehindClose) { try capture.scripts() }
        case .frames(let code):
            #expect(try capture.exchanges().contains { $0.findings.contains { $0.code == code } })
        case .sentAgain: #expect(try capture.shown().ledger.duplicate > 0)
        case .noEnd:
            #expect(
                try capture.conversations().contains { conversation in
                    conversation.steps.count { $0.event.isEnd } == 0
                }
            )
        }
    }
}

extension Conversation.Event {
    fileprivate var isEnd: Bool {
        switch self {
        case .end, .reset: true
        case .bytes, .gap: false
        }
    }
}

/// A capture whose connections can be played.
struct PlayableCapture: Sendable, CustomTestStringConvertible {
    let path: String
    /// Its path below `captures/`.
    let name: String

    var testDescription: String { name }

    static func all(in folders: [String]) -> [PlayableCapture] {
        folders.flatMap { folder in
            let path = "\(Project.captures.string)/\(folder)"
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            return names.filter { $0.hasSuffix(".pcap") || $0.hasSuffix(".pcapng") }.sorted()
                .map { PlayableCapture(path: "\(path)/\($0)", name: "\(folder)/\($0)") }
        }
    }

    /// What a trace shows, as far as it does not depend on when and between whom it was.
    struct Shown: Equatable {
        var exchanges: [String] = []
        var ledger: Ledger
        var otherStreams: [String: Int]
        /// Every segment of every connection, by the end that sent it, and how they ended.
        var segments: [[String]]

        init(
            _ exchanges: [Exchange],
            _ summary: TraceSummary,
            _ conversations: [Conversation]
        ) {
            segments = conversations.map { conversation in
                conversation.steps.map { Self.text(of: $0.event, conversation.opener) }
            }
            self.exchanges =
                exchanges.sorted { ($0.stream, $0.index) < ($1.stream, $1.index) }
                .map { Self.text(of: $0) }
            ledger = summary.ledger
            otherStreams = summary.otherStreams
        }

        private static func text(of event: Conversation.Event, _ opener: Direction?) -> String {
            func end(_ direction: Direction) -> String { direction == opener ? "C" : "S" }
            return switch event {
            case .bytes(let direction, let offset, let bytes):
                "\(end(direction)) \(offset): \(EscapedText.escape(bytes.span))"
            case .gap(let direction, let length): "gap \(end(direction)) \(length)"
            case .end(let direction): "end \(end(direction))"
            case .reset(let direction): "reset \(end(direction))"
            }
        }

        private static func text(of exchange: Exchange) -> String {
            let interim = exchange.interim.map { text(of: $0) }.joined(separator: " ")
            let codes = exchange.findings.map(\.code.rawValue).joined(separator: ",")
            let absence = exchange.absence.map { "\($0)" } ?? ""
            return """
                \(exchange.stream).\(exchange.index) \(text(of: exchange.request)) -> \(interim) \
                \(text(of: exchange.response)) [\(codes)] \(absence)
                """
        }

        private static func text(of message: Message?) -> String {
            guard let message else { return "none" }
            let codes = message.findings.map(\.code.rawValue).joined(separator: ",")
            return """
                \(message.method ?? "") \(message.target ?? "") \(message.status ?? 0) \
                \(message.contentLength) \(message.isComplete) [\(codes)]
                """
        }
    }

    /// What the capture itself shows.
    func shown() throws -> Shown {
        var exchanges: [Exchange] = []
        var trace = FileTrace()
        try trace.read(path) { exchanges.append($0) }
        trace.finish { exchanges.append($0) }
        return Shown(exchanges, trace.summary, try conversations())
    }

    /// The exchanges of the capture itself.
    func exchanges() throws -> [Exchange] { try CapturedTraffic.all(path).flatMap(\.exchanges) }

    /// What its connections carried.
    func conversations() throws -> [Conversation] {
        try CapturedTraffic.all(path).map(\.conversation)
    }

    /// The steps of both ends of its connections.
    func scripts() throws -> [(listening: [ScriptStep], connecting: [ScriptStep])] {
        try conversations().map { (try $0.steps(of: .listening), try $0.steps(of: .connecting)) }
    }

    /// Plays both ends of all connections, one after the other, and traces them live.
    func play() async throws -> Shown {
        let connections = try scripts()
        // Through the text, so that what is played is what a user would get.
        let text = Script(sections: connections.map(\.listening)).text
        let script = try ScriptReader.read(Array(text.utf8))
        let (plays, ended) = AsyncStream.makeStream(of: Play.self)
        let loopback = HostAndPort(host: "127.0.0.1", port: 0)
        let server = try await ScriptServer.start(loopback, script, timeout: .seconds(60)) {
            ended.yield($0)
        }
        let written = TemporaryFile()
        let trace = try await BackgroundTrace.start(
            LiveCaptureOptions(filter: "tcp port \(server.end.port)"),
            writingTo: written.path
        ) { _ in }
        let client = ScriptClient(
            host: "127.0.0.1",
            port: server.end.port,
            timeout: .seconds(60)
        )
        var endings = plays.makeAsyncIterator()
        for (number, connection) in connections.enumerated() {
            let play = await client.play(connection.connecting, number: number)
            #expect(play.failure == nil)
            #expect(await endings.next()?.failure == nil)
        }
        let outcome = try #require(await trace.finish())
        await server.stop()
        #expect(outcome.statistics.dropped == 0)
        return Shown(
            try Self.exchangesWithoutTime(written.path),
            outcome.summary,
            try CapturedTraffic.all(written.path).map(\.conversation)
        )
    }

    /// The exchanges of a capture whose clock stands still: on a busy machine what follows a message
    /// at once may come when that has gone out already, which shows.
    private static func exchangesWithoutTime(_ path: String) throws -> [Exchange] {
        var exchanges: [Exchange] = []
        var tracer = Tracer()
        var files = CaptureFiles(paths: [path])
        while try files.read({ frame, bytes in
            var frame = frame
            frame.timestamp.nanoseconds = 0
            tracer.process(frame, bytes)
        }) {}
        tracer.finish()
        tracer.takeFinished { exchanges.append($0) }
        return exchanges
    }
}
