import CaptureIO
import Packets
import Support
import Testing

struct CompressedFileTests {
    private let whole = PcapFileBuilder().file(threeFrames)

    /// Many frames that do not compress well: several windows of them.
    private static let manyFrames: [BuiltFrame] = {
        var state: UInt32 = 1
        return (0..<2000).map { index in
            let bytes = (0..<(400 + index % 613)).map { _ in
                state = state &* 1_664_525 &+ 1_013_904_223
                return UInt8(state >> 24)
            }
            let time = Timestamp(nanoseconds: Int64(index) * 1000)
            return BuiltFrame(bytes: bytes, timestamp: time)
        }
    }()

    @Test(arguments: Compression.allCases)
    func `a compressed capture gives the frames of the plain one`(
        compression: Compression
    ) throws {
        let pcap = try Reading(compress(whole, compression))
        #expect(pcap.error == nil)
        #expect(pcap.frames == expected(threeFrames, digits: 6))
        let pcapng = try Reading(compress(PcapngFileBuilder(threeFrames).bytes, compression))
        #expect(pcapng.frames == expected(threeFrames, digits: 9))
    }

    @Test(arguments: Compression.allCases, [1, 7, 1000, 100_000])
    func `data in many members or frames is one capture`(
        compression: Compression,
        size: Int
    ) throws {
        let frames = size < 1000 ? threeFrames : Self.manyFrames
        var rest = PcapFileBuilder().file(frames)[...]
        var file: [UInt8] = []
        while !rest.isEmpty {
            file += compress(Array(rest.prefix(size)), compression)
            rest = rest.dropFirst(size)
        }
        let reading = try Reading(file)
        #expect(reading.error == nil)
        #expect(reading.frames == expected(frames, digits: 6))
    }

    /// A zstd frame of stored blocks, and an LZ4 frame of one, both with a checksum that is wrong.
    private func stored(_ bytes: [UInt8], _ compression: Compression) -> [UInt8] {
        func littleEndian(_ value: Int) -> [UInt8] {
            (0..<4).map { UInt8(value >> (8 * $0) & 0xFF) }
        }
        guard compression == .zstd else {
            let header: [UInt8] = [0x04, 0x22, 0x4D, 0x18, 0x64, 0x40, 0xA7]
            let block = littleEndian(bytes.count | 1 << 31) + bytes
            return header + block + [0, 0, 0, 0, 1, 2, 3, 4]
        }
        var file: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x04, 0x58]
        for start in stride(from: 0, to: bytes.count, by: 1000) {
            let block = bytes[start..<min(start + 1000, bytes.count)]
            let isLast = start + 1000 >= bytes.count
            file += littleEndian(block.count << 3 | (isLast ? 1 : 0)).prefix(3) + block
        }
        return file + [1, 2, 3, 4]
    }

    @Test(arguments: [.zstd, .lz4] as [Compression])
    func `a wrong checksum at the end loses nothing`(compression: Compression) throws {
        let reading = try Reading(stored(whole, compression))
        #expect(reading.frames == expected(threeFrames, digits: 6))
        guard case .cannotDecompress? = reading.damage?.damage else {
            Issue.record("\(compression): \(reading.errors)")
            return
        }
    }

    @Test(arguments: Compression.allCases)
    func `every cut of compressed data gives the frames before it and says so`(
        compression: Compression
    ) throws {
        let file = compress(whole, compression)
        for length in 4..<file.count {
            let reading = try Reading(Array(file.prefix(length)))
            let lent = reading.frames.map(\.bytes)
            #expect(zip(lent, threeFrames).allSatisfy { $0.1.bytes.starts(with: $0.0) })
            let damage = try #require(reading.damage)
            #expect(damage.offset == length)
            #expect(damage.damage == .cutCompressed(compression))
        }
    }

    @Test(arguments: Compression.allCases)
    func `a byte that is wrong never does more than end the reading`(
        compression: Compression
    ) throws {
        let file = compress(whole, compression)
        for index in file.indices {
            var damaged = file
            damaged[index] ^= 0x40
            let reading = try Reading(damaged)
            #expect(reading.error == nil || reading.error?.kind == .damaged)
            #expect(reading.frames.count <= 3 || reading.error != nil)
        }
    }

    @Test func `damage is found where the check sum shows it, after all frames`() throws {
        var file = compress(whole, .gzip)
        file[file.count - 8] ^= 1
        let reading = try Reading(file)
        #expect(reading.frames == expected(threeFrames, digits: 6))
        let damage = try #require(reading.damage)
        #expect(damage.frame == 4)
        #expect((file.count - 8...file.count).contains(damage.offset))
        #expect(damage.damage == .cannotDecompress(.gzip, reason: "incorrect data check"))
    }

    @Test(arguments: Compression.allCases)
    func `what follows the data and is none is said`(compression: Compression) throws {
        let file = compress(whole, compression)
        for garbage in ["g", "gar", "garbage"] {
            let reading = try Reading(file + Array(garbage.utf8))
            #expect(reading.frames == expected(threeFrames, digits: 6))
            let damage = try #require(reading.damage)
            #expect(damage == (file.count, 4, .notCompressed(compression)))
        }
    }

    @Test func `zeros after the end of gzip's data fill up a tape's block`() throws {
        let member = compress(whole, .gzip)
        let zeros = [UInt8](repeating: 0, count: 5)
        #expect(try Reading(member + zeros).error == nil)
        let next = compress(PcapFileBuilder().record(threeFrames[0]), .gzip)
        #expect(try Reading(member + zeros + next).frames.count == 4)
    }

    @Test(arguments: [.zstd, .lz4] as [Compression])
    func `frames for other programs are passed over`(compression: Compression) throws {
        let skippable: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
        let half = compress(Array(whole.prefix(100)), compression)
        let rest = compress(Array(whole.dropFirst(100)), compression)
        let reading = try Reading(half + skippable + rest)
        #expect(reading.error == nil)
        #expect(reading.frames == expected(threeFrames, digits: 6))
        #expect(try Reading(skippable + compress(whole, .zstd)).frames.count == 3)
    }

    @Test(arguments: Compression.allCases)
    func `an offset in what is inside counts decompressed bytes`(
        compression: Compression
    ) throws {
        let garbage = [UInt8](repeating: 0xAA, count: 33)
        let inside = PcapFileBuilder().file([threeFrames[0]]) + garbage
        let error = try #require(Reading(compress(inside, compression)).error)
        #expect(error.description.contains("damaged at byte 100 after decompression, at frame 2:"))
        let cut = try Reading(compress(Array(whole.dropLast(10)), compression))
        #expect(cut.frames.count == 3)
        #expect(cut.damage?.damage == .cutRecord(available: 103, needed: 113))
    }

    @Test(arguments: Compression.allCases)
    func `compressed data that holds nothing or no capture is no capture`(
        compression: Compression
    ) throws {
        let nothing = try TemporaryFile(compress([], compression))
        #expect(Reading(path: nothing.path).error == .empty(path: nothing.path))
        let text = try TemporaryFile(compress(Array("GET / HTTP/1.1".utf8), compression))
        let beginning = Array("GET / HTTP/1.1".utf8)
        #expect(
            Reading(path: text.path).error
                == .unknownFormat(path: text.path, beginning: beginning)
        )
    }
}
