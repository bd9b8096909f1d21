import Support
import Testing

/// The transcripts as frames, through the tracer.
@Suite struct TracedTranscriptTests {
    /// Those that say what exchanges are expected.
    static let names = TranscriptFiles.names.filter { name in
        (try? TranscriptFiles.transcript(name))?.expectedTrace.isEmpty == false
    }

    @Test(arguments: names)
    func `a conversation gives the exchanges that its transcript expects, however it is cut`(
        name: String
    ) throws {
        let transcript = try TranscriptFiles.transcript(name)
        #expect(transcript.unreadable == [])
        let whole = TracedTranscript(transcript) { _, bytes in [bytes[...]] }
        #expect(whole.lines == transcript.expectedTrace)
        #expect(whole.summary.ledger.imbalance == 0)
        // A snapshot length cuts off less of a shorter segment.
        guard !transcript.isCutBySnaplen else { return }
        // A single byte that comes again, or before the first that is due, is a keep-alive probe.
        guard transcript.countsHandshake else { return }
        if !transcript.isDoubled {
            let single = TracedTranscript(transcript) { _, bytes in
                bytes.indices.map { bytes[$0...$0] }
            }
            #expect(single.lines == whole.lines, "byte by byte")
        }
        for (index, step) in transcript.steps.enumerated() {
            guard case .bytes(_, let bytes) = step else { continue }
            for delivery in deliveries(of: bytes).dropFirst(2) {
                let cut = TracedTranscript(transcript) { $0 == index ? delivery : [$1[...]] }
                guard cut.lines != whole.lines else { continue }
                Issue.record("piece \(index) cut at \(delivery[0].count): \(cut.lines)")
                break
            }
        }
    }

    @Test(arguments: TranscriptFiles.names)
    func `any cut of any transcript into segments gives the same exchanges`(
        name: String
    ) throws {
        let transcript = try TranscriptFiles.transcript(name)
        guard !transcript.isCutBySnaplen, !transcript.isDoubled else { return }
        let whole = TracedTranscript(transcript) { _, bytes in [bytes[...]] }
        #expect(whole.summary.ledger.imbalance == 0)
        // What a connection speaks, and who is the client, is told by the first segment of a side.
        let first = Set([WireSide.client, .server].compactMap(transcript.firstPiece))
        for seed in UInt64(0)..<20 {
            var generator = SeededGenerator(seed: seed)
            let cut = TracedTranscript(transcript) { step, bytes in
                let glance = first.contains(step) ? min(24, bytes.count) : 0
                let rest = randomCut(of: Array(bytes[glance...]), using: &generator)
                return (glance > 0 ? [bytes[..<glance]] : []) + rest
            }
            #expect(cut.summary.ledger.imbalance == 0)
            guard cut.lines != whole.lines else { continue }
            Issue.record("seed \(seed): \(cut.lines) instead of \(whole.lines)")
            return
        }
    }
}

extension Transcript {
    /// The index of the first piece of a side.
    fileprivate func firstPiece(of side: WireSide) -> Int? {
        steps.firstIndex { if case .bytes(side, _) = $0 { true } else { false } }
    }

    /// Whether pieces of it are captured twice.
    fileprivate var isDoubled: Bool {
        steps.contains { if case .twice = $0 { true } else { false } }
    }

    /// Whether what the capture lacks depends on how long the segments are.
    fileprivate var isCutBySnaplen: Bool {
        steps.contains { if case .snaplen = $0 { true } else { false } }
    }
}
