import Findings
import Packets
import Support
import Testing
import Trace

struct ChecksumTraceTests {
    @Test func `a segment with a wrong checksum is left out and counted`() {
        var builder = conversation([], isClosed: false)
        builder.send("GET /a HTTP/1.1\r\nHost: h\r\n", from: .client)
        var frames = builder.frames
        // The same place with other bytes, damaged: the receiver waits for the right ones.
        builder.append(
            TCPFrameBuilder.Segment(
                sequence: builder.nextSequence(of: .client),
                acknowledgement: builder.nextSequence(of: .server),
                payload: Array("X: evil\r\n\r\n".utf8)
            ),
            from: .client
        )
        var damaged = builder.frames[builder.frames.count - 1]
        damaged.bytes[damaged.bytes.count - 6] ^= 0x20
        frames.append(damaged)
        let before = builder.frames.count
        builder.send("\r\n", from: .client)
        builder.answer("ok")
        frames += builder.frames[before...]

        var options = TracerOptions()
        options.decoding.verifiesChecksums = true
        let traced = Traced(frames, options: options)
        #expect(traced.pairs == ["GET /a 200"])
        #expect(traced.exchanges.first?.request?.fields.map(\.name) == ["Host"])
        #expect(traced.exchanges.first?.codes == [.invalidChecksum])
        #expect(traced.summary.unusedFrames == ["wrong TCP checksum": 1])
        #expect(traced.summary.ledger.unclaimed == 11)
        #expect(traced.summary.ledger.imbalance == 0)
    }
}
