import Packets
import Reassembly
import Support
import Testing

struct OrderTests {
    /// One direction's data without handshake, FIN or the other side's frames in between.
    private static func segments(from sequence: UInt32) -> ConversationBuilder {
        var builder = ConversationBuilder(clientSequence: sequence)
        builder.handshake()
        return builder
    }

    @Test(arguments: [1000, 0xFFFF_FFF0, 0x7FFF_FFF8] as [UInt32])
    func `every order of five segments gives the same bytes`(sequence: UInt32) {
        var builder = Self.segments(from: sequence)
        let before = builder.frames.count
        builder.segmentSize = 4
        builder.send("abcdefghijklmnopqr", from: .client)
        let data = Array(builder.frames[before...])
        #expect(data.count == 5)
        for order in data.permutations {
            let result = Reassembled(Array(builder.frames[..<before]) + order)
            #expect(result.forward.text == "abcdefghijklmnopqr")
            #expect(result.forward.gaps.isEmpty)
            #expect(result.duplicates == 0)
        }
    }

    @Test func `segments in order pass at once and end in order`() {
        let result = Reassembled(conversation.frames, flushing: false)
        #expect(
            result.events == [
                .data(.forward, "one t"), .data(.forward, "wo th"), .data(.forward, "ree"),
                .data(.backward, "answe"), .data(.backward, "r it"), .end(.backward),
                .end(.forward),
            ]
        )
        #expect(result.oddities.isEmpty)
    }

    @Test func `bytes come before the bytes that acknowledge them`() {
        // The response's first frame (6) is captured before the request's last (5).
        let result = Reassembled(conversation.frames.swapping(5, 6))
        #expect(result.forward.text == "one two three")
        let answer = result.events.firstIndex(of: .data(.backward, "answe"))
        let request = result.events.firstIndex(of: .data(.forward, "ree"))
        #expect(request != nil && answer != nil)
        if let request, let answer { #expect(request < answer) }
        #expect(result.forward.gaps.isEmpty && result.backward.gaps.isEmpty)
    }

    @Test(arguments: 0..<300)
    func `moved and doubled frames give the same bytes`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var builder = ConversationBuilder(
            clientSequence: UInt32.random(in: .min ... .max, using: &generator),
            serverSequence: UInt32.random(in: .min ... .max, using: &generator)
        )
        builder.segmentSize = Int.random(in: 1...7, using: &generator)
        builder.handshake()
        var sent = (client: "", server: "")
        for round in 0..<4 {
            let request = String(repeating: "request \(round) ", count: 2)
            let response = String(repeating: "response \(round) ", count: 3)
            builder.send(request, from: .client)
            builder.send(response, from: .server)
            sent.client += request
            sent.server += response
        }
        let opening = Array(builder.frames[..<3])
        builder.close()
        let rest = Array(builder.frames[3...])
        let frames = opening + rest.disturbed(window: 6, doubling: 0.2, using: &generator)
        let result = Reassembled(frames)
        #expect(result.forward.text == sent.client)
        #expect(result.backward.text == sent.server)
        #expect(result.forward.gaps.isEmpty && result.backward.gaps.isEmpty)
        #expect(result.captured == result.delivered + result.duplicates + result.refused)
        #expect(result.count == 1)
    }

    @Test(arguments: 0..<400)
    func `segments made by chance are all accounted for`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var random = RandomFrames()
        random.spread = [UInt32.max, 1 << 31, 100, 5000][seed % 4]
        random.hasCuts = seed % 3 == 0
        let result = Reassembled(random.frames(200, using: &generator))
        #expect(result.captured == result.delivered + result.duplicates + result.refused)
    }
}
