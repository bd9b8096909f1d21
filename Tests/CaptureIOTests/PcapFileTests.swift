import CaptureIO
import Packets
import Support
import Testing

struct PcapFileTests {
    @Test(arguments: PcapFileBuilder.Magic.allCases, FileByteOrder.allCases)
    func `every magic number and byte order gives the same frames`(
        magic: PcapFileBuilder.Magic,
        byteOrder: FileByteOrder
    ) throws {
        var builder = PcapFileBuilder()
        builder.magic = magic
        builder.byteOrder = byteOrder
        let reading = try Reading(builder.file(threeFrames))
        let digits: UInt8 = magic == .nanoseconds ? 9 : 6
        #expect(reading.error == nil)
        #expect(reading.frames == expected(threeFrames, digits: digits))
        #expect(reading.framesRead == 3)
        #expect(reading.description.interfaces.first?.timestampDigits == digits)
    }

    @Test func `nanoseconds are kept to the last digit`() throws {
        var builder = PcapFileBuilder()
        builder.magic = .nanoseconds
        let time = Timestamp(nanoseconds: 1_700_000_000_987_654_321, digits: 9)
        let reading = try Reading(builder.file([BuiltFrame(bytes: [1], timestamp: time)]))
        #expect(reading.frames.first?.frame.timestamp == time)
    }

    @Test func `the link type is the low 16 bits of its field`() throws {
        var builder = PcapFileBuilder(linkType: .linuxCooked2)
        builder.network |= 0x1400_0000
        let reading = try Reading(builder.file(threeFrames))
        #expect(
            reading.frames.map(\.frame.linkType) == [.linuxCooked2, .linuxCooked2, .linuxCooked2]
        )
    }

    @Test(arguments: [0, 2, 3] as [UInt16])
    func `old versions have the lengths in the other order`(minor: UInt16) throws {
        var builder = PcapFileBuilder()
        builder.version = (2, minor)
        var frames = threeFrames
        // The record's fields are captured, original; these versions mean them the other way.
        let file = frames.reduce(into: builder.header) { file, frame in
            var record = builder.record(frame)
            record.replaceSubrange(8..<16, with: Array(record[12..<16]) + Array(record[8..<12]))
            file += record
        }
        let reading = try Reading(file)
        #expect(reading.error == nil)
        #expect(reading.frames == expected(frames, digits: 6))
        frames.removeAll()
    }

    @Test func `a snapshot length that lies does not cut frames`() throws {
        var builder = PcapFileBuilder()
        builder.snapshotLength = 68
        #expect(try Reading(builder.file(threeFrames)).frames == expected(threeFrames, digits: 6))
        builder.snapshotLength = 0
        #expect(try Reading(builder.file(threeFrames)).frames == expected(threeFrames, digits: 6))
    }

    @Test func `frames that straddle the window's end are lent whole`() throws {
        let frames = (0..<2000).map { index in
            BuiltFrame(
                bytes: (0..<(400 + index % 613)).map { UInt8(truncatingIfNeeded: $0 ^ index) },
                timestamp: Timestamp(nanoseconds: Int64(index) * 1000)
            )
        }
        let builder = PcapFileBuilder()
        #expect(try Reading(builder.file(frames)).frames == expected(frames, digits: 6))
    }

    @Test func `a frame larger than the window is lent whole`() throws {
        var builder = PcapFileBuilder()
        builder.snapshotLength = 4_000_000
        let time = threeFrames[0].timestamp
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let large = BuiltFrame(bytes: bytes, timestamp: time)
        let small = BuiltFrame(bytes: [1, 2, 3], timestamp: time)
        let frames = [small, large, small, large, small]
        let reading = try Reading(builder.file(frames))
        #expect(reading.error == nil)
        #expect(reading.frames == expected(frames, digits: 6))
    }

    @Test func `a file without frames is no error`() throws {
        let reading = try Reading(PcapFileBuilder().header)
        #expect(reading.error == nil)
        #expect(reading.frames.isEmpty)
    }

    @Test func `a frame without bytes is lent`() throws {
        let time = threeFrames[0].timestamp
        let frame = BuiltFrame(bytes: [], timestamp: time, originalLength: 60)
        #expect(try Reading(PcapFileBuilder().file([frame])).frames == expected([frame], digits: 6))
    }
}
