import Packets
import Support
import Testing

@Suite struct FragmentTests {
    private static let payload = SamplePackets.segment + [UInt8](repeating: 0x61, count: 40)

    /// IPv4 frames that hold these parts of the payload.
    private static func frames(_ parts: [Range<Int>]) -> [[UInt8]] {
        parts.map { part in
            let more: UInt16 = part.upperBound < payload.count ? 0x2000 : 0
            let field = UInt16(part.lowerBound / 8) | more
            return Encapsulation.version4(6, Array(payload[part]), fragmentation: field)
        }
    }

    private static func add(
        _ frame: [UInt8],
        to table: inout FragmentTable,
        seconds: Int64 = 0
    ) -> [UInt8]? {
        guard case .fragment(let fragment) = decode(frame, .raw) else {
            Issue.record("no fragment")
            return nil
        }
        let time = Timestamp(nanoseconds: seconds * 1_000_000_000)
        return table.add(fragment, frame.span, at: time)
    }

    @Test(arguments: [(60, true), (61, false)] as [(Int64, Bool)])
    func `pieces a minute apart are not of one packet`(seconds: Int64, isWhole: Bool) {
        let frames = Self.frames([0..<24, 24..<65])
        var table = FragmentTable()
        #expect(Self.add(frames[0], to: &table) == nil)
        let whole = Self.add(frames[1], to: &table, seconds: seconds)
        #expect((whole != nil) == isWhole)
        #expect(table.abandoned == (isWhole ? 0 : 1))
    }

    @Test(arguments: [
        [0..<24, 24..<48, 48..<65], [48..<65, 24..<48, 0..<24], [24..<48, 0..<24, 48..<65],
        [0..<24, 0..<24, 16..<48, 40..<65],
    ])
    func `the pieces make the packet in any order, doubled and overlapping`(
        parts: [Range<Int>]
    ) throws {
        var table = FragmentTable()
        var whole: [UInt8]?
        for frame in Self.frames(parts) {
            #expect(whole == nil)
            whole = Self.add(frame, to: &table)
        }
        let bytes = try #require(whole)
        #expect(bytes == Self.payload)
        #expect(table.waiting == 0)
    }

    @Test func `of pieces that disagree the first holds`() {
        var table = FragmentTable()
        var frames = Self.frames([0..<24, 16..<48, 48..<65])
        for index in 20..<frames[1].count { frames[1][index] = 0xFF }
        _ = Self.add(frames[0], to: &table)
        _ = Self.add(frames[1], to: &table)
        let whole = Self.add(frames[2], to: &table)
        #expect(whole?.prefix(24) == Self.payload.prefix(24))
        #expect(whole?[24] == 0xFF)
    }

    @Test func `a packet of which a piece is missing waits`() {
        var table = FragmentTable()
        for frame in Self.frames([0..<24, 48..<65]) { #expect(Self.add(frame, to: &table) == nil) }
        #expect(table.waiting == 2)
        #expect(table.abandoned == 0)
    }

    @Test func `a segment is found in what was put together`() throws {
        let frame = Self.frames([0..<24])[0]
        guard case .fragment(let fragment) = decode(frame, .raw) else {
            Issue.record("no fragment")
            return
        }
        let outcome = PacketDecoder.decode(reassembled: Self.payload.span, fragment.key)
        guard case .segment(let segment) = outcome else {
            Issue.record("no segment")
            return
        }
        #expect(segment.source == SamplePackets.client)
        #expect(segment.payload.count == 45)
    }

    @Test func `a flood of pieces of one packet costs time and memory within limits`() {
        var table = FragmentTable()
        _ = Self.add(Encapsulation.version4(6, [1], fragmentation: 0x1000), to: &table)
        let piece = Encapsulation.version4(6, Array(repeating: 2, count: 8), fragmentation: 0x2001)
        for _ in 0..<50_000 { _ = Self.add(piece, to: &table) }
        #expect(table.waiting == 50_001)
    }

    @Test func `where memory is short the oldest packets go`() {
        var table = FragmentTable()
        var frame = Self.frames([0..<24])[0]
        var most = 0
        for number in 0..<2000 {
            frame[4] = UInt8(number >> 8)
            frame[5] = UInt8(number & 0xFF)
            _ = Self.add(frame, to: &table)
            if number == 999 { most = table.footprint }
        }
        #expect(table.waiting == 2000)
        table.shrink(to: most)
        // How much room the table keeps for more is the library's choice.
        #expect(900...1100 ~= table.waiting)
        #expect(table.abandoned == 2000 - table.waiting)
        table.shrink(to: 0)
        #expect(table.footprint == 0)
    }

    @Test func `what can become whole no more goes by itself`() {
        var table = FragmentTable()
        var frame = Self.frames([0..<24])[0]
        for number in 0..<1000 {
            frame[4] = UInt8(number >> 8)
            frame[5] = UInt8(number & 0xFF)
            _ = Self.add(frame, to: &table, seconds: Int64(number))
        }
        #expect(60...121 ~= table.waiting)
        #expect(table.waiting + table.abandoned == 1000)
    }

    @Test func `a packet waits while any number of others become whole`() {
        var table = FragmentTable()
        var waiting = Self.frames([0..<24, 24..<65])
        for index in waiting.indices { waiting[index][4] = 0xFF }
        _ = Self.add(waiting[0], to: &table)
        var others = Self.frames([0..<24, 24..<65])
        for number in 0..<5000 {
            for index in others.indices {
                others[index][4] = UInt8(number >> 8)
                others[index][5] = UInt8(number & 0xFF)
            }
            _ = Self.add(others[0], to: &table)
            #expect(Self.add(others[1], to: &table) == Self.payload)
        }
        #expect(table.waiting == 1)
        #expect(Self.add(waiting[1], to: &table) == Self.payload)
    }

    @Test func `a piece beyond the largest packet is refused`() {
        var table = FragmentTable()
        let frame = Encapsulation.version4(
            6,
            Array(repeating: 0, count: 16),
            fragmentation: 0x1FFF
        )
        #expect(Self.add(frame, to: &table) == nil)
        #expect(table.abandoned == 1)
    }
}
