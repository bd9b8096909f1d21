import CaptureIO
import Packets
import Support
import Testing

/// Offsets count from the file's start; a pcap header has 24 bytes and a record header 16.
struct DamagedFileTests {
    private let whole = PcapFileBuilder().file(threeFrames)

    @Test func `a last record that is cut is lent as far as it goes`() throws {
        let reading = try Reading(whole.dropLast(10))
        #expect(reading.frames.count == 3)
        #expect(reading.frames[..<2] == expected(threeFrames, digits: 6)[..<2])
        #expect(reading.frames[2].bytes == threeFrames[2].bytes.dropLast(10))
        #expect(reading.frames[2].frame.originalLength == 3000)
        let damage = try #require(reading.damage)
        #expect(damage == (24 + 76 + 1530, 3, .cutRecord(available: 103, needed: 113)))
        #expect(reading.error?.kind.exitCode == 2)
        let sentence = try #require(reading.error).description
        #expect(sentence.contains("is damaged at byte 1630, at frame 3: the file ends within"))
    }

    @Test(arguments: 1..<16)
    func `a record header that is cut names its frame`(available: Int) throws {
        let reading = try Reading(Array(whole.prefix(24 + 76 + available)))
        #expect(reading.frames == expected([threeFrames[0]], digits: 6))
        let damage = try #require(reading.damage)
        #expect(damage == (100, 2, .cutHeader(available: available, needed: 16)))
    }

    @Test func `every cut of a file gives the frames before it and one error`() throws {
        let frames = Array(threeFrames.prefix(1) + threeFrames.suffix(1))
        for file in [PcapFileBuilder().file(frames), PcapngFileBuilder(frames).bytes] {
            for length in 4..<file.count {
                let reading = try Reading(Array(file.prefix(length)))
                let lent = reading.frames.map(\.bytes)
                #expect(zip(lent, frames).allSatisfy { $0.1.bytes.starts(with: $0.0) })
                #expect(reading.error?.kind == .damaged || reading.error == nil)
            }
        }
    }

    @Test(arguments: [262_145, 1 << 30, .max] as [UInt32])
    func `a length that lies is damage and allocates nothing`(length: UInt32) throws {
        let builder = PcapFileBuilder()
        let file = builder.file([threeFrames[0]]) + builder.record(threeFrames[1], claiming: length)
        let reading = try Reading(file)
        #expect(reading.frames == expected([threeFrames[0]], digits: 6))
        let damage = try #require(reading.damage)
        #expect(damage == (100, 2, .impossibleLength(claimed: Int(length), limit: 262_144)))
    }

    @Test func `a length that lies but is possible is a cut record`() throws {
        let builder = PcapFileBuilder()
        let reading = try Reading(
            builder.header + builder.record(threeFrames[0], claiming: 200_000)
        )
        #expect(reading.frames.map(\.bytes) == [threeFrames[0].bytes])
        let damage = try #require(reading.damage)
        #expect(damage == (24, 1, .cutRecord(available: 76, needed: 200_016)))
    }

    @Test(arguments: [1, 7, 16, 33, 300_000])
    func `garbage between records is passed over and told`(length: Int) throws {
        let builder = PcapFileBuilder()
        let garbage = Array(repeating: UInt8(0xAA), count: length)
        let file =
            builder.file([threeFrames[0]]) + garbage + builder.record(threeFrames[1])
            + builder.record(threeFrames[2])
        let reading = try Reading(file)
        #expect(reading.frames == expected(threeFrames, digits: 6))
        #expect(reading.errors.count == 1)
        #expect(reading.damage?.offset == 100)
        #expect(reading.damage?.frame == 2)
        let sentence = try #require(reading.error).description
        #expect(
            sentence.hasSuffix(
                "\(length) bytes are passed over, reading goes on at byte \(100 + length)"
            )
        )
    }

    @Test func `garbage with nothing behind it ends the reading`() throws {
        let builder = PcapFileBuilder()
        let garbage = Array(repeating: UInt8(0xAA), count: 3000)
        let reading = try Reading(builder.file([threeFrames[0]]) + garbage)
        #expect(reading.frames.count == 1)
        #expect(reading.errors.count == 1)
        #expect(try #require(reading.error).description.hasSuffix("what comes before was read"))
    }

    @Test func `a file of nothing but damage is given up`() throws {
        let builder = PcapFileBuilder()
        let records = Array(repeatElement(builder.record(threeFrames[0]), count: 3).joined())
        let damaged = Array(repeating: UInt8(0xAA), count: 20) + records
        let reading = try Reading(
            builder.header + Array(repeatElement(damaged, count: 200).joined())
        )
        #expect(reading.errors.count == 65)
        #expect(reading.frames.count == 64 * 3)
    }

    @Test func `a file header that is cut or of another version is damage`() throws {
        #expect(
            try #require(Reading(Array(whole.prefix(20))).damage)
                == (0, 1, .cutFileHeader(available: 20, needed: 24))
        )
        var builder = PcapFileBuilder()
        builder.version = (7, 1)
        #expect(
            try #require(Reading(builder.header).damage)
                == (0, 1, .unsupportedVersion(major: 7, minor: 1))
        )
    }
}

/// A section header without options has 28 bytes, an interface description 20.
struct DamagedPcapngTests {
    private func file(_ damage: (inout PcapngFileBuilder) -> Void) -> [UInt8] {
        var file = PcapngFileBuilder()
        file.section()
        file.interface(.ethernet)
        file.packet(BuiltFrame(bytes: [1, 2, 3, 4]), count: 0)
        damage(&file)
        return file.bytes
    }

    private func expect(
        _ expected: FileDamage,
        offset: Int = 84,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ damage: (inout PcapngFileBuilder) -> Void
    ) throws {
        let reading = try Reading(file(damage))
        let seen = try #require(reading.damage, sourceLocation: sourceLocation)
        #expect(seen == (offset, 2, expected), sourceLocation: sourceLocation)
        #expect(reading.frames.first?.bytes == [1, 2, 3, 4], sourceLocation: sourceLocation)
    }

    @Test func `a packet of an interface that is not declared is named`() throws {
        try expect(.undeclaredInterface(7, declared: 1)) { file in
            file.packet(BuiltFrame(bytes: [1], interface: 7), count: 0)
        }
        try expect(.undeclaredInterface(0, declared: 0), offset: 112) { file in
            file.section(.bigEndian)
            file.simplePacket(BuiltFrame(bytes: [1]))
        }
    }

    @Test func `a captured length beyond the block is damage`() throws {
        try expect(.capturedLengthBeyondBlock(claimed: 500, room: 4)) { file in
            file.packet(BuiltFrame(bytes: [1, 2, 3]), count: 0, claiming: 500)
        }
    }

    @Test func `a block's length that cannot be is damage`() throws {
        try expect(.blockTooShort(type: 6, length: 8, needed: 32)) { file in
            file.block(6, claiming: 8) { $0.bytes += Array(repeating: 0, count: 32) }
        }
        try expect(.blockTooShort(type: 0x1234, length: 0, needed: 12)) { file in
            file.block(0x1234, claiming: 0) { $0.bytes += [1, 2, 3, 4] }
        }
        let limit = 16_777_216 + 65_536
        try expect(.impossibleLength(claimed: 0xFFFF_FFF0, limit: limit)) { file in
            file.block(6, claiming: 0xFFFF_FFF0) { $0.bytes += [1, 2, 3, 4] }
        }
    }

    @Test func `the two lengths of a block must agree`() throws {
        try expect(.lengthsDisagree(leading: 40, trailing: 0)) { file in
            file.block(6, claiming: 40) { $0.bytes += Array(repeating: 0, count: 32) }
        }
    }

    @Test func `a block of secrets that claims more than the file is a cut record`() throws {
        try expect(.cutRecord(available: 16, needed: 0x7FFF_FFF0)) { file in
            file.block(10, claiming: 0x7FFF_FFF0) { $0.bytes += [1, 2, 3, 4] }
        }
    }

    @Test func `a block of no assigned type with an impossible length is garbage`() throws {
        let limit = 16_777_216 + 65_536
        try expect(.impossibleLength(claimed: 0x7FFF_FFF0, limit: limit)) { file in
            file.block(0x1234, claiming: 0x7FFF_FFF0) { $0.bytes += [1, 2, 3, 4] }
        }
    }

    @Test func `reading goes on behind each kind of damaged block`() throws {
        let damages: [(inout PcapngFileBuilder) -> Void] = [
            { $0.packet(BuiltFrame(bytes: [1], interface: 7), count: 0) },
            { $0.packet(BuiltFrame(bytes: [1, 2, 3]), count: 0, claiming: 500) },
            { $0.block(6, claiming: 8) { $0.bytes += Array(repeating: 0, count: 32) } },
            { $0.block(6, claiming: 40) { $0.bytes += Array(repeating: 0, count: 32) } },
            { $0.bytes += [0xDE, 0xAD, 0xBE, 0xEF, 0xDE, 0xAD, 0xBE, 0xEF, 0xDE] },
        ]
        for damage in damages {
            let reading = try Reading(
                file { file in
                    damage(&file)
                    file.packet(BuiltFrame(bytes: [5, 6, 7, 8]), count: 0)
                }
            )
            #expect(reading.frames.map(\.bytes) == [[1, 2, 3, 4], [5, 6, 7, 8]])
            #expect(reading.errors.count == 1)
        }
    }

    @Test func `a section must tell its byte order`() throws {
        try expect(.unknownByteOrder(0x0102_0304)) { file in
            file.block(0x0A0D_0D0A) { $0.bytes += [1, 2, 3, 4] + Array(repeating: 0, count: 12) }
        }
    }
}
