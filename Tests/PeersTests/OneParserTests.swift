import Findings
import HTTPWire
import Packets
import Peers
import Support
import Testing
import Trace

/// The server refuses exactly what the tracer finds an error in: both read with the same parser.
@Suite struct OneParserTests {
    /// The transcripts that have something for a server to read, and limits as a server has them.
    static let names = TranscriptFiles.names.filter { name in
        guard let transcript = try? TranscriptFiles.transcript(name) else { return true }
        return transcript.limits == ParserLimits()
            && transcript.steps.contains { if case .bytes(.client, _) = $0 { true } else { false } }
    }

    /// The status that RFC 9110 and RFC 9112 give a request with an error of this code.
    private static func status(for code: FindingCode) -> Int {
        switch code {
        // RFC 9110 §15.6.6
        case .unsupportedVersion: 505
        // RFC 9112 §6.1
        case .unknownTransferCoding: 501
        // RFC 6585 §5
        case .headerSectionTooLarge: 431
        default: 400
        }
    }

    @Test(arguments: names)
    func `the server refuses what the tracer finds an error in, and nothing else`(
        name: String
    ) throws {
        let recorded = RecordedConversation(try TranscriptFiles.transcript(name))
        let exchanges = recorded.exchanges
        var refused = 0
        for exchange in exchanges {
            guard let request = exchange.request, let response = exchange.response else { continue }
            let text = String(decoding: response.content, as: UTF8.self)
            // How much content it takes, and which codings it takes off, is the server's own affair;
            // and bytes that are no message have no findings of one.
            let isOwnAffair = ["This is not a request", "no transfer coding but chunked"]
                .contains { text.contains($0) }
            if response.status == 413 || isOwnAffair { continue }
            let errors = request.findings.map(\.code).filter { $0.severity == .error }
            guard let status = response.status, status != 200 else {
                // The report's third request lacks its blank line, and is answered all the same;
                // a content coding is not taken off what is stored.
                let others = errors.filter {
                    $0 != .unterminatedHeaderSection && $0.group != .coding
                }
                #expect(others == [], "\(request.method ?? "") was carried out")
                continue
            }
            refused += 1
            #expect(errors.map(Self.status).contains(status), "\(status) for \(errors)")
            let isSaid = errors.contains { text.hasPrefix("\(status): \($0.rawValue): ") }
            #expect(isSaid || request.method == "HEAD", "\(text) for \(errors)")
        }
        #expect(refused <= 1)
        #expect(recorded.isClosed || refused == 0)
    }

    @Test func `both verdicts are among the transcripts`() throws {
        let outcomes = try Self.names.map { name in
            RecordedConversation(try TranscriptFiles.transcript(name)).exchanges
                .compactMap { $0.response?.status }
        }
        #expect(outcomes.count { $0.contains(200) } > 30)
        #expect(outcomes.count { $0.contains(400) } > 20)
        for status in [501, 505] { #expect(outcomes.contains { $0.contains(status) }) }
    }
}

/// What a server says to the client of a transcript, as a capture beside them has it.
private struct RecordedConversation {
    private(set) var exchanges: [Exchange] = []
    private(set) var isClosed = false

    init(_ transcript: Transcript) {
        var conversation = Conversation(wire: .standard)
        var builder = ConversationBuilder()
        builder.handshake()
        var sent = 0
        for step in transcript.steps {
            switch step {
            case .bytes(.client, let bytes):
                builder.send(bytes, from: .client)
                conversation.receive(bytes[...])
            case .bytes(.server, _):
                // The server of the transcript has waited long enough.
                conversation.silence()
            case .interruption(.client, .endOfStream):
                builder.finish(from: .client)
                conversation.inputEnded()
            case .interruption(.client, .idle): conversation.silence()
            case .interruption(.server, _): continue
            default:
                // What is missing in a capture, a server has.
                break
            }
            builder.send(Array(conversation.sent[sent...]), from: .server)
            sent = conversation.sent.count
            if conversation.isClosed || step.isInterruption { break }
        }
        if conversation.isClosed { builder.finish(from: .server) }
        isClosed = conversation.isClosed
        var options = TracerOptions()
        options.contentLimit = 1000
        var tracer = Tracer(options: options)
        for (index, built) in builder.frames.enumerated() {
            tracer.process(built.frame(number: index + 1), built.bytes.span)
        }
        tracer.finish()
        var exchanges: [Exchange] = []
        tracer.takeFinished { exchanges.append($0) }
        self.exchanges = exchanges
    }
}

extension Transcript.Step {
    /// Whether the client's bytes stop making sense to a server with it.
    fileprivate var isInterruption: Bool {
        switch self {
        case .interruption(.client, .gap), .interruption(.client, .captureEnded),
            .interruption(.client, .reset):
            true
        default: false
        }
    }
}
