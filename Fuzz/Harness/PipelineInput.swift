import CaptureIO
import Foundation
import Packets
import Support
import Trace
import TraceOutput

/// A capture file, from its bytes to everything that is shown of it: the ledger adds up, JSON is
/// valid, nothing from the wire controls the terminal, and what shards of the connections come to is
/// what one tracer comes to.
struct PipelineInput {
    private static let formats: [OutputFormat] = [.pairs, .list, .json]

    private let bytes: [UInt8]
    private var tracerOptions = TracerOptions()
    private var outputOptions = OutputOptions()
    private let shardCount: Int
    private let framesBetweenFlushes: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        // The input itself chooses, so that it does the same whenever it is tried.
        let choice = bytes.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 } >> 8
        tracerOptions.contentLimit = choice & 1 == 0 ? 64 << 10 : 50
        if choice & 6 == 0 {
            tracerOptions.memoryLimit = 1000
        }
        tracerOptions.decoding.verifiesChecksums = choice & 24 == 0
        tracerOptions.overlap = choice & 32 == 0 ? .first : .last
        tracerOptions.holdsSwitched = choice & 64 == 0
        if choice & 384 == 0 { tracerOptions.parserLimits.headerSection = 300 }
        outputOptions.bodies = BodyDisplay.allCases[Int(choice >> 10 & 3)]
        outputOptions.width = 80 + Int(choice >> 12 & 127)
        outputOptions.decodedLimit = 1 << 20
        outputOptions.includesSummaryLine = true
        shardCount = Int(choice >> 19) % 3 + 1
        framesBetweenFlushes = Int(choice >> 21 & 7) + 1
    }

    func check() {
        let shown = output()
        require(shown == outputOfShards(), "the output depends on the number of shards")
        for (format, text) in zip(Self.formats, shown) { check(text, format) }
        explain()
    }

    /// What all formats show.
    private func output() -> [[UInt8]] {
        var tracer = Tracer(options: tracerOptions)
        let output = Output(outputOptions, Self.formats)
        let description = InputFile.read(bytes) { frame, bytes in
            tracer.process(frame, bytes)
            tracer.takeFinished(output.render)
        }
        tracer.finish()
        tracer.takeFinished(output.render)
        let summary = commented(tracer.summary, description)
        check(summary, output.count)
        return output.finish(summary)
    }

    /// The same where the streams are read in shards.
    private func outputOfShards() -> [[UInt8]] {
        let shards = InlineShards(shardCount, tracerOptions)
        var tracer = ShardedTracer(options: tracerOptions, workers: shards)
        var count = 0
        let description = InputFile.read(bytes) { frame, bytes in
            tracer.process(frame, bytes)
            count += 1
            if count % framesBetweenFlushes == 0 { tracer.flush() }
        }
        tracer.finish()
        let results = shards.results(tracer)
        require(results.isInOrder, "a shard has more to say of what it said is over")
        let output = Output(outputOptions, Self.formats)
        for exchange in results.exchanges { output.render(exchange) }
        return output.finish(commented(results.summary, description))
    }

    /// A summary with what the file itself says.
    private func commented(
        _ summary: TraceSummary,
        _ description: CaptureDescription
    ) -> TraceSummary {
        var summary = summary
        summary.comments = description.comments.map {
            TraceSummary.Comment(frame: $0.frame, text: $0.text)
        }
        return summary
    }

    private func check(_ summary: TraceSummary, _ count: Int) {
        let ledger = summary.ledger
        let parts = [
            ledger.message, ledger.duplicate, ledger.notHTTP, ledger.unclaimed, ledger.gap,
        ]
        require(ledger.imbalance == 0, "the ledger does not add up: \(ledger)")
        require(parts.allSatisfy { $0 >= 0 }, "a part of the ledger is negative: \(ledger)")
        require(summary.exchanges == count, "\(count) exchanges came of \(summary.exchanges)")
    }

    private func check(_ text: [UInt8], _ format: OutputFormat) {
        guard let string = String(validating: text, as: UTF8.self) else {
            fatalError("\(format) is not UTF-8")
        }
        let control = string.unicodeScalars.first(where: \.controlsTerminal)
        require(control == nil, "\(format) shows the character \(control?.value ?? 0)")
        guard format == .json else { return }
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let isValid = (try? JSONSerialization.jsonObject(with: Data(line))) != nil
            require(isValid, "no JSON: \(String(decoding: line, as: UTF8.self))")
        }
    }

    /// Explains the first frames, which records what the tracer does with them.
    private func explain() {
        var options = tracerOptions
        options.frames = Set(1...8)
        options.streams = [0, 1]
        options.conversationLimit = 1000
        var tracer = Tracer(options: options)
        _ = InputFile.read(bytes) { frame, bytes in
            tracer.process(frame, bytes)
            tracer.takeFinished { _ in }
        }
        tracer.finish()
        tracer.takeFinished { _ in }
        require(tracer.summary.ledger.imbalance == 0, "explaining changes the ledger")
        var pairs = FrameRenderer(options: outputOptions)
        var json = FrameJSONRenderer()
        var text = OutputBuffer()
        var objects = OutputBuffer()
        for explanation in tracer.explanations {
            pairs.render(explanation, into: &text)
            json.render(explanation, into: &objects)
        }
        check(text.copy, .pairs)
        check(objects.copy, .json)
        let kept = tracer.conversations.flatMap(\.steps).count
        require(kept >= 0, "no conversation")
    }
}

/// What all formats make of the exchanges.
private final class Output {
    private var renderers: [ExchangeRenderer]
    private var texts: [[UInt8]]
    private var buffer = OutputBuffer()
    private(set) var count = 0

    init(_ options: OutputOptions, _ formats: [OutputFormat]) {
        renderers = formats.map { ExchangeRenderer(format: $0, options: options) }
        texts = []
        for renderer in renderers {
            renderer.header(into: &buffer)
            texts.append(taken())
        }
    }

    func render(_ exchange: Exchange) {
        count += 1
        for index in renderers.indices {
            renderers[index].render(exchange, into: &buffer)
            texts[index] += taken()
        }
    }

    func finish(_ summary: TraceSummary) -> [[UInt8]] {
        for index in renderers.indices {
            renderers[index].summary(summary, into: &buffer)
            texts[index] += taken()
        }
        return texts
    }

    private func taken() -> [UInt8] {
        defer { buffer.removeAll() }
        return buffer.copy
    }
}

extension OutputBuffer {
    fileprivate var copy: [UInt8] {
        withBytes { bytes in unsafe bytes.withUnsafeBufferPointer { unsafe [UInt8]($0) } }
    }
}

extension Unicode.Scalar {
    /// Whether a terminal does anything with it but to show it.
    fileprivate var controlsTerminal: Bool {
        switch value {
        case 0x0A: false
        case 0x00...0x1F, 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069:
            true
        default: false
        }
    }
}
