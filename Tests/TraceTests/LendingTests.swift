import Packets
import Support
import Testing
import Trace

/// Finished exchanges are lent a few at a time, and that changes nothing but when.
@Suite struct LendingTests {
    @Test func `many are lent at a time, in order`() {
        var builder = ConversationBuilder()
        builder.handshake()
        for number in 0..<200 { builder.exchange("/\(number)") }
        builder.wait(nanoseconds: 60_000_000)
        builder.acknowledge(from: .client)
        var portions: [Int] = []
        let lent = lend(builder, TracerOptions()) { portions.append($0) }
        #expect(lent.map(\.request?.target) == (0..<200).map { "/\($0)" })
        #expect(portions.dropLast().allSatisfy { $0 == 32 })
        #expect(portions.count == 7)
    }

    @Test func `one whose content takes much memory is lent at once`() {
        var options = TracerOptions()
        options.contentLimit = 1 << 20
        var builder = ConversationBuilder()
        builder.handshake()
        for number in 0..<10 {
            builder.ask("/\(number)")
            builder.answer(String(repeating: "x", count: 70_000))
        }
        var portions: [Int] = []
        let lent = lend(builder, options) { portions.append($0) }
        #expect(lent.count == 10)
        #expect(lent.allSatisfy { $0.response?.content.count == 70_000 })
        #expect(portions == Array(repeating: 1, count: 10))
    }

    /// Traces frame by frame, and tells how many exchanges were lent behind one, where any were.
    private func lend(
        _ builder: ConversationBuilder,
        _ options: TracerOptions,
        _ portion: (Int) -> Void
    ) -> [Exchange] {
        var tracer = Tracer(options: options)
        var lent: [Exchange] = []
        var count = 0
        func tell() {
            if lent.count > count { portion(lent.count - count) }
            count = lent.count
        }
        for (index, frame) in builder.frames.enumerated() {
            tracer.process(frame.frame(number: index + 1), frame.bytes.span)
            tracer.takeManyFinished { lent.append($0) }
            tell()
        }
        tracer.finish()
        tracer.takeFinished { lent.append($0) }
        tell()
        return lent
    }
}
