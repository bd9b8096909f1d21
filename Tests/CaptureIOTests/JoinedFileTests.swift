import CaptureIO
import Packets
import Support
import Testing

/// Capture files that somebody joined with cat(1).
struct JoinedFileTests {
    /// The same frames as a file of each kind.
    static let kinds: [[UInt8]] = {
        var bigEndian = PcapFileBuilder()
        bigEndian.byteOrder = .bigEndian
        var nanoseconds = PcapFileBuilder(linkType: .linuxCooked2)
        nanoseconds.magic = .nanoseconds
        return [
            PcapFileBuilder().file(threeFrames), bigEndian.file(threeFrames),
            nanoseconds.file(threeFrames), PcapngFileBuilder(threeFrames).bytes,
            PcapngFileBuilder(threeFrames, byteOrder: .bigEndian).bytes,
            SnoopFileBuilder().file(threeFrames),
        ]
    }()

    @Test(arguments: kinds.indices, kinds.indices)
    func `a file of any kind may follow one of any kind`(first: Int, second: Int) throws {
        let reading = try Reading(Self.kinds[first] + Self.kinds[second])
        #expect(reading.errors == [])
        #expect(reading.frames.map(\.bytes) == (threeFrames + threeFrames).map(\.bytes))
        #expect(reading.frames.map(\.frame.number) == [1, 2, 3, 4, 5, 6])
        // Sections are pcapng's own way to do it.
        let areSections = [3, 4].contains(first) && [3, 4].contains(second)
        #expect(reading.description.joints == (areSections ? [] : [Self.kinds[first].count]))
        #expect(reading.description.clock.isEmpty)
    }

    @Test(arguments: Compression.allCases, kinds.indices)
    func `compressed files may be among them`(compression: Compression, other: Int) throws {
        let plain = Self.kinds[0]
        let packed = compress(Self.kinds[2], compression)
        for file in [plain + packed, packed + Self.kinds[other]] {
            let reading = try Reading(file)
            #expect(reading.errors == [])
            #expect(reading.frames.map(\.bytes) == (threeFrames + threeFrames).map(\.bytes))
        }
    }

    @Test func `files of two compressions may follow each other`() throws {
        let file = compress(Self.kinds[0], .gzip) + compress(Self.kinds[3], .zstd)
        let reading = try Reading(file + compress(Self.kinds[1], .lz4))
        #expect(reading.errors == [])
        #expect(reading.frames.count == 9)
        #expect(reading.description.jointCount == 2)
    }

    @Test func `a pcapng block that is cut does not hide the next file`() throws {
        for cut in [1, 5, 40, 90] {
            let reading = try Reading(Array(Self.kinds[3].dropLast(cut)) + Self.kinds[1])
            #expect(reading.errors.count == 1)
            #expect(reading.frames.suffix(3).map(\.bytes) == threeFrames.map(\.bytes))
        }
    }

    @Test func `a record header that is cut does not hide the next file`() throws {
        for kind in [0, 1, 2] {
            let reading = try Reading(Array(Self.kinds[kind].dropLast(105)) + Self.kinds[1])
            #expect(reading.errors.count == 1)
            #expect(reading.frames.suffix(3).map(\.bytes) == threeFrames.map(\.bytes))
        }
    }

    @Test(arguments: [5, 25, 90])
    func `a record that is cut takes no more of the next file than it lacks`(cut: Int) throws {
        let earlier = (0..<12).map { index in
            BuiltFrame(
                bytes: Array(repeating: UInt8(index), count: 60),
                timestamp: Timestamp(nanoseconds: 1_600_000_000_000_000_000 + Int64(index) * 1000)
            )
        }
        let file = Array(Self.kinds[0].dropLast(cut)) + PcapFileBuilder().file(earlier)
        let reading = try Reading(file)
        #expect(reading.errors.count == 1)
        #expect(reading.frames.suffix(10).map(\.bytes) == earlier.suffix(10).map(\.bytes))
    }

    @Test func `the beginning of a file inside a frame is the frame's`() throws {
        let inner = Self.kinds[0]
        let frames = [BuiltFrame(bytes: inner, timestamp: threeFrames[0].timestamp)]
        let reading = try Reading(PcapFileBuilder().file(frames))
        #expect(reading.frames.map(\.bytes) == [inner])
        #expect(reading.description.joints == [])
    }

    @Test func `what follows compressed data and is no capture is damage`() throws {
        let reading = try Reading(compress(Self.kinds[0], .gzip) + Array("and so on".utf8))
        #expect(reading.frames.count == 3)
        #expect(reading.damage?.damage == .notCompressed(.gzip))
    }
}
