import Findings
import Support
import Testing

@Suite struct TranscriptTests {
    @Test func `there are transcripts`() {
        #expect(TranscriptFiles.names.count > 50)
    }

    /// Those that say what events the parsers give; others are for the tracer alone.
    static let names = TranscriptFiles.names.filter { name in
        guard let transcript = try? TranscriptFiles.transcript(name) else { return true }
        return !transcript.expected.isEmpty || transcript.expectedTrace.isEmpty
    }

    @Test(arguments: FindingCode.allCases)
    func `every code has a transcript of its name in which it is found`(code: FindingCode) throws {
        let transcript = try TranscriptFiles.transcript(code.rawValue)
        let words = (transcript.expected + transcript.expectedTrace).map { line in
            line.split(separator: " ").map(String.init)
        }
        #expect(words.contains { $0.contains("finding") && $0.contains(code.rawValue) })
    }

    @Test(arguments: names)
    func `any cut of any transcript gives the same events`(name: String) throws {
        let transcript = try TranscriptFiles.transcript(name)
        let whole = transcript.log { _, bytes in [bytes[...]] }
        for seed in UInt64(0)..<100 {
            var generator = SeededGenerator(seed: seed)
            let log = transcript.log { _, bytes in randomCut(of: bytes, using: &generator) }
            guard log != whole else { continue }
            Issue.record("seed \(seed): \(Self.text(of: log))")
            return
        }
    }

    @Test(arguments: names)
    func `a conversation gives the events that its transcript expects, however it is cut`(
        name: String
    ) throws {
        let transcript = try TranscriptFiles.transcript(name)
        #expect(transcript.unreadable == [])
        let whole = transcript.log { _, bytes in [bytes[...]] }
        #expect(whole.lines == transcript.expected, Comment(rawValue: Self.text(of: whole)))

        let single = transcript.log { _, bytes in bytes.indices.map { bytes[$0...$0] } }
        #expect(single == whole, Comment(rawValue: "byte by byte: " + Self.text(of: single)))
        for (index, step) in transcript.steps.enumerated() {
            guard case .bytes(_, let bytes) = step else { continue }
            for delivery in deliveries(of: bytes).dropFirst(2) {
                let log = transcript.log { $0 == index ? delivery : [$1[...]] }
                guard log != whole else { continue }
                let place = "piece \(index) cut at \(delivery[0].count): "
                Issue.record(Comment(rawValue: place + Self.text(of: log)))
                break
            }
        }
    }

    private static func text(of log: WireLog) -> String {
        "\n" + log.lines.joined(separator: "\n")
    }
}
