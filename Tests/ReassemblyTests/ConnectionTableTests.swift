import Packets
import Reassembly
import Support
import Testing

struct ConnectionTableTests {
    private static func connection(
        port: UInt16 = 50_000,
        sequence: UInt32 = 1000,
        text: String = "abc",
        isClosed: Bool = true
    ) -> [BuiltFrame] {
        let client = Endpoint(address: IPAddress(version4: 0x0A00_0001), port: port)
        var builder = ConversationBuilder(client: client, clientSequence: sequence)
        builder.handshake()
        builder.send(text, from: .client)
        if isClosed { builder.close() }
        return builder.frames
    }

    @Test(arguments: [true, false])
    func `a port that is used again opens a connection of its own`(isClosed: Bool) {
        let frames =
            Self.connection(isClosed: isClosed) + Self.connection(sequence: 90_000, text: "def")
        let result = Reassembled(frames)
        #expect(result.count == 2)
        #expect(result.streams.map { $0[.forward]?.text } == ["abc", "def"])
    }

    @Test func `a port that is used again with the same numbers opens another connection`() {
        let result = Reassembled(Self.connection() + Self.connection(text: "def"))
        #expect(result.streams.map { $0[.forward]?.text } == ["abc", "def"])
    }

    @Test func `a SYN that is sent again opens nothing`() {
        let frames = Self.connection()
        let result = Reassembled(frames.duplicating(0).duplicating(2).duplicating(5))
        #expect(result.count == 1)
        #expect(result.forward.text == "abc")
    }

    @Test func `a SYN captured behind the data opens nothing`() {
        let result = Reassembled(Self.connection().moving(0, to: 3))
        #expect(result.count == 1)
        #expect(result.forward.text + result.backward.text == "abc")
    }

    @Test func `thousands of connections are told apart while they come and go`() {
        var generator = SeededGenerator(seed: 7)
        var table = ConnectionTable()
        var known: [Int: (slot: Int, segment: TCPSegment)] = [:]
        for number in 0..<20_000 {
            let frame = Self.connection(port: UInt16(number % 30_000), isClosed: false)[0]
            guard case .segment(var segment) = Self.decode(frame) else { continue }
            segment.source.address = IPAddress(
                high: UInt64(number / 30_000),
                low: UInt64(number % 7) << 48
            )
            #expect(table.find(segment) == nil)
            known[number] = (table.open(segment), segment)
            if number % 3 > 0, let victim = known.keys.randomElement(using: &generator) {
                if let slot = known.removeValue(forKey: victim)?.slot { table.remove(slot) }
            }
        }
        #expect(table.count == 20_000)
        #expect(table.liveSlots.count == known.count)
        #expect(table.connections.count < 20_000)
        for (number, entry) in known {
            let location = table.find(entry.segment)
            #expect(location?.slot == entry.slot)
            #expect(table.connections[entry.slot].stream == number)
            var answer = entry.segment
            swap(&answer.source, &answer.destination)
            answer.flags = .ack
            #expect(table.find(answer)?.direction == .backward)
        }
    }

    private static func decode(_ frame: BuiltFrame) -> PacketDecoder.Outcome {
        PacketDecoder.decode(
            frame.bytes.span,
            linkType: frame.linkType,
            originalLength: frame.originalLength
        )
    }
}
