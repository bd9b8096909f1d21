import Packets
import Support
import Testing

/// Several packets in one frame of a wireless LAN.
struct AggregateTests {
    private static let packets = [
        SamplePackets.packet(), SamplePackets.packet(options: [1, 1, 1, 0]),
        Encapsulation.version4(1, [8, 0, 0, 0, 0]), SamplePackets.packet(),
    ]

    /// What the packets of a frame are: `true` for a segment with its whole payload.
    private static func segments(_ frame: [UInt8], original: Int? = nil) -> [Bool]? {
        guard case .aggregate(let aggregate) = decode(frame, .wirelessLAN, original: original)
        else { return nil }
        return aggregate.packets.map { packet in
            let outcome = PacketDecoder.decode(packet, of: aggregate, frame.span)
            guard case .segment(let segment) = outcome else { return false }
            return frame[segment.payload].elementsEqual(SamplePackets.payload)
        }
    }

    @Test(arguments: 1...4)
    func `each packet of an aggregate is found`(count: Int) {
        let frame = Encapsulation.aggregate(Array(Self.packets.prefix(count)))
        let expected = [true, true, false, true].prefix(count)
        #expect(Self.segments(frame) == Array(expected))
        // Of the frame check sequence that some drivers leave there is not enough for another.
        #expect(Self.segments(frame + [1, 2, 3, 4]) == Array(expected))
    }

    @Test func `padding behind the wireless header is passed over`() {
        var frame = Encapsulation.aggregate(Self.packets)
        frame.insert(contentsOf: [0, 0], at: 26)
        #expect(Self.segments(frame) == [true, true, false, true])
    }

    @Test func `what a driver took apart is read as it is`() {
        var frame = Encapsulation.aggregate([SamplePackets.packet()])
        frame.removeSubrange(26..<40)
        guard case .segment(let segment) = decode(frame, .wirelessLAN) else {
            Issue.record("no segment")
            return
        }
        #expect(Array(frame[segment.payload]) == SamplePackets.payload)
    }

    @Test func `an aggregate that is cut anywhere gives what is left`() {
        let frame = Encapsulation.aggregate(Self.packets)
        var known = 0
        for length in 0...frame.count {
            let cut = Array(frame.prefix(length))
            let whole = Self.segments(cut, original: frame.count)?.count(where: \.self) ?? 0
            #expect(whole >= known)
            #expect(whole < 3 || length == frame.count)
            known = whole
        }
        #expect(known == 3)
    }
}
