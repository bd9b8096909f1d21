import CaptureIO
import Packets
import Support
import Testing

private typealias Option = PcapngFileBuilder.Option

struct PcapngFileTests {
    @Test(arguments: FileByteOrder.allCases)
    func `either byte order gives the same frames`(byteOrder: FileByteOrder) throws {
        let file = PcapngFileBuilder(threeFrames, byteOrder: byteOrder)
        let reading = try Reading(file.bytes)
        #expect(reading.error == nil)
        #expect(reading.frames == expected(threeFrames, digits: 9))
    }

    @Test func `sections differ in byte order, and interfaces in link type and resolution`() throws
    {
        var file = PcapngFileBuilder()
        file.section(.littleEndian)
        file.interface(.ethernet)
        file.interface(.linuxCooked, options: [Option(9, [9])])
        file.packet(BuiltFrame(bytes: [1], interface: 1), count: 1_500_000_000_000_000_001)
        file.packet(BuiltFrame(bytes: [2], interface: 0), count: 1_500_000_000_000_002)
        file.section(.bigEndian, length: 64)
        file.interface(.raw, options: [Option(9, [3])])
        file.packet(BuiltFrame(bytes: [3], interface: 0), count: 1_500_000_000_003)
        let reading = try Reading(file.bytes)
        #expect(reading.error == nil)
        #expect(reading.frames.map(\.bytes) == [[1], [2], [3]])
        #expect(reading.frames.map(\.frame.number) == [1, 2, 3])
        #expect(reading.frames.map(\.frame.linkType) == [.linuxCooked, .ethernet, .raw])
        #expect(reading.frames.map(\.frame.interface) == [1, 0, 0])
        #expect(
            reading.frames.map(\.frame.timestamp) == [
                Timestamp(nanoseconds: 1_500_000_000_000_000_001, digits: 9),
                Timestamp(nanoseconds: 1_500_000_000_000_002_000, digits: 6),
                Timestamp(nanoseconds: 1_500_000_000_003_000_000, digits: 3),
            ]
        )
        #expect(reading.description.interfaces.map(\.section) == [0, 0, 1])
    }

    @Test(
        arguments: [
            // Resolution, offset in seconds, count, nanoseconds, digits.
            (6, 0, 1, 1000, 6),
            (0, 0, 7, 7_000_000_000, 0),
            (9, 100, 5, 100_000_000_005, 9),
            (9, -100, 5, -99_999_999_995, 9),
            (12, 0, 1999, 1, 9),
            (127, 0, .max, 0, 9),
            (0x80 | 10, 0, 1536, 1_500_000_000, 4),
            (0x80 | 32, 0, 1 << 31, 500_000_000, 9),
            (0x80 | 127, 0, .max, 0, 9),
            // What no timestamp can say becomes the nearest that it can.
            (0, 0, .max, .max, 0),
            (9, .max, 1, .max, 9),
            (9, .min, 1, .min + 1, 9),
        ] as [(UInt8, Int64, UInt64, Int64, UInt8)]
    )
    func `times follow the interface's resolution and offset`(
        resolution: UInt8,
        offset: Int64,
        count: UInt64,
        nanoseconds: Int64,
        digits: UInt8
    ) throws {
        var offsetBytes: [UInt8] = []
        offsetBytes.appendBigEndian(offset)
        var file = PcapngFileBuilder()
        file.section(.bigEndian)
        file.interface(.ethernet, options: [Option(9, [resolution]), Option(14, offsetBytes)])
        file.packet(BuiltFrame(bytes: [1]), count: count)
        let reading = try Reading(file.bytes)
        #expect(
            reading.frames.map(\.frame.timestamp) == [
                Timestamp(nanoseconds: nanoseconds, digits: digits)
            ]
        )
    }

    @Test func `simple and obsolete packet blocks are read`() throws {
        var file = PcapngFileBuilder()
        file.section()
        file.interface(.ethernet, snapshotLength: 5)
        file.obsoletePacket(BuiltFrame(bytes: [1, 2, 3]), count: 77)
        file.simplePacket(BuiltFrame(bytes: [1, 2, 3, 4, 5], originalLength: 900))
        file.simplePacket(BuiltFrame(bytes: [6, 7, 8]))
        let reading = try Reading(file.bytes)
        #expect(reading.error == nil)
        #expect(reading.frames.map(\.bytes) == [[1, 2, 3], [1, 2, 3, 4, 5], [6, 7, 8]])
        #expect(reading.frames.map(\.frame.originalLength) == [3, 900, 3])
        #expect(
            reading.frames.map(\.frame.timestamp) == [
                Timestamp(nanoseconds: 77_000, digits: 6),
                .unknown(inOrder: 77_000), .unknown(inOrder: 77_000),
            ]
        )
    }

    @Test func `blocks that need not be understood are passed over, whatever their size`() throws {
        var file = PcapngFileBuilder()
        file.section()
        for type in [4, 10, 0xBAD, 0x4000_0BAD, 0x8000_0001, 0x1234] as [UInt32] {
            file.block(type) { $0.bytes += Array(repeating: 0xEE, count: 300_000) }
            file.interface(.ethernet)
            file.packet(BuiltFrame(bytes: [1]), count: 0)
        }
        let reading = try Reading(file.bytes)
        #expect(reading.error == nil)
        #expect(reading.frames.count == 6)
    }

    @Test func `comments, names and drop counts are kept`() throws {
        var file = PcapngFileBuilder()
        file.section(options: [
            Option(1, "recorded by hand"), Option(3, "Linux 6"), Option(4, "dumpcap"),
        ])
        file.interface(
            .ethernet,
            options: [Option(2, "eth7"), Option(3, "uplink"), Option(11, [0] + "tcp".utf8)]
        )
        let drops: [UInt8] = [3, 0, 0, 0, 0, 0, 0, 0]
        file.packet(
            BuiltFrame(bytes: [1]),
            count: 0,
            options: [Option(1, "the odd one"), Option(4, drops)]
        )
        file.statistics(interface: 0, options: [(4, 10), (5, 1), (7, 1)])
        file.statistics(interface: 0, options: [(4, 100), (5, 7), (7, 2)])
        let description = try Reading(file.bytes).description
        #expect(description.comments.map(\.text) == ["recorded by hand", "the odd one"])
        #expect(description.comments.map(\.frame) == [nil, 1])
        #expect(description.application == "dumpcap")
        #expect(description.operatingSystem == "Linux 6")
        let interface = try #require(description.interfaces.first)
        #expect(interface.name == "eth7")
        #expect(interface.label == "uplink")
        #expect(interface.filter == "tcp")
        #expect(description.droppedBetweenFrames == 3)
        #expect(
            description.statistics
                == CaptureStatistics(received: 100, droppedByKernel: 2, droppedByInterface: 7)
        )
    }

    @Test func `what is kept of comments is bounded`() throws {
        var file = PcapngFileBuilder()
        file.section()
        file.interface(.ethernet)
        for _ in 0..<100 {
            let comment = Option(1, String(repeating: "x", count: 60_000))
            file.packet(BuiltFrame(bytes: [1]), count: 0, options: [comment])
        }
        let description = try Reading(file.bytes).description
        #expect(description.comments.count == CaptureDescription.mostComments)
        #expect(description.commentsLeftOut == 100 - CaptureDescription.mostComments)
        #expect(
            description.comments.allSatisfy {
                $0.text.utf8.count == CaptureDescription.longestComment
            }
        )
    }

    @Test func `blocks that straddle the window's end are lent whole`() throws {
        let frames = (0..<1500).map { index in
            BuiltFrame(
                bytes: (0..<(300 + index % 811)).map { UInt8(truncatingIfNeeded: $0 ^ index) },
                timestamp: Timestamp(nanoseconds: Int64(index) * 1000)
            )
        }
        let reading = try Reading(PcapngFileBuilder(frames, byteOrder: .bigEndian).bytes)
        #expect(reading.frames == expected(frames, digits: 9))
    }
}
