import CaptureIO
import Packets
import Support
import Testing

/// Files of other programs: those that are read, and those that are named.
struct OtherFormatTests {
    @Test func `a snoop file gives the frames of the pcap file`() throws {
        let reading = try Reading(SnoopFileBuilder().file(threeFrames))
        #expect(reading.error == nil)
        #expect(reading.frames == expected(threeFrames, digits: 6))
        #expect(reading.description.interfaces.map(\.linkType) == [.ethernet])
    }

    @Test(arguments: [(0, 1), (4, 1), (2, 6), (8, 10), (26, 226)] as [(UInt32, UInt16)])
    func `a data link of snoop is a link type`(dataLink: UInt32, linkType: UInt16) throws {
        var builder = SnoopFileBuilder()
        builder.dataLink = dataLink
        let reading = try Reading(builder.file(threeFrames))
        #expect(reading.frames.first?.frame.linkType == LinkType(rawValue: linkType))
    }

    @Test func `every cut of a snoop file gives the frames before it`() throws {
        let file = SnoopFileBuilder().file([threeFrames[0], threeFrames[2]])
        for length in 4..<file.count {
            let reading = try Reading(Array(file.prefix(length)))
            let lent = reading.frames.map(\.bytes)
            #expect(
                zip(lent, [threeFrames[0], threeFrames[2]])
                    .allSatisfy { $0.1.bytes.starts(with: $0.0) }
            )
            #expect(reading.error?.kind == .damaged || reading.error == nil)
        }
    }

    @Test func `reading goes on behind damage in a snoop file`() throws {
        let frames = (0..<8).map { index in
            BuiltFrame(
                bytes: Array(repeating: UInt8(index), count: 60),
                timestamp: Timestamp(nanoseconds: 1_700_000_000_000_000_000 + Int64(index) * 1000)
            )
        }
        var file = SnoopFileBuilder().file(frames)
        file.insert(contentsOf: Array("not a record at all".utf8), at: 16 + 84 * 3)
        let reading = try Reading(file)
        #expect(reading.errors.count == 1)
        #expect(reading.frames.count == 8)
    }

    @Test(
        arguments: [(1, 1, 3), (2, 0, 6), (2, 1, 6), (2, 2, 6), (2, 3, 7)]
            as [(UInt8, UInt8, UInt8)]
    )
    func `a file of Network Monitor gives its frames`(
        major: UInt8,
        minor: UInt8,
        digits: UInt8
    ) throws {
        let builder = NetworkMonitorFileBuilder(major, minor)
        let reading = try Reading(builder.file(threeFrames))
        #expect(reading.error == nil)
        var frames = threeFrames
        for index in frames.indices where digits == 3 {
            frames[index].timestamp.nanoseconds -= 456_000
        }
        #expect(reading.frames == expected(frames, digits: digits))
    }

    @Test func `what Network Monitor notes among the frames is none`() throws {
        let builder = NetworkMonitorFileBuilder(2, 3)
        let reading = try Reading(builder.file(threeFrames, notes: [0xFFFD, 0xFFFC, 0xFFFE]))
        #expect(reading.error == nil)
        #expect(reading.frames == expected(threeFrames, digits: 7))
    }

    @Test(arguments: [7, 8, 9, 0xE065] as [UInt16])
    func `raw IP is told by each frame of Network Monitor`(network: UInt16) throws {
        var builder = NetworkMonitorFileBuilder(2, 1)
        builder.network = network
        let reading = try Reading(builder.file(threeFrames))
        #expect(reading.frames.map(\.frame.linkType) == [.raw, .raw, .raw])
    }

    @Test(
        arguments: [
            ("TRSNIFF data    \u{1A}....", "Sniffer", "editcap"),
            ("XCP\0....", "NetXRay", "editcap"), ("iptrace 2.0....", "iptrace", "editcap"),
            ("TR\0d\0....", "nettl", "editcap"), ("PK\u{3}\u{4}....", "zip archive", "unzip"),
            ("Rar!\u{1A}\u{7}..", "rar", "unrar"), ("LZIP....", "lzip", "lzip -d"),
            ("SQLite format 3\0..", "SQLite", "pcap"),
            (#"{"log":{"version":"1.2"}}"#, "HTTP archive", "pcap"),
            (" [ {\"a\": 1} ]", "JSON", "pcap"), ("<?xml version=\"1.0\"?>", "XML", "pcap"),
            ("0000  00 11 22", "hexadecimal", "text2pcap"),
            ("CLIENT_RANDOM 00 11", "key log", "pcap"),
        ]
    )
    func `a format that is not read is named, with what to do`(
        text: String,
        name: String,
        remedy: String
    ) throws {
        let sentence = try sentence(Array(text.utf8))
        #expect(sentence.contains(name))
        #expect(sentence.contains(remedy))
    }

    /// What is said of a file with these bytes.
    private func sentence(_ bytes: [UInt8]) throws -> String {
        try Reading(bytes).error.map(\.description) ?? "no error"
    }

    @Test func `archives and logs are told by what is behind their beginnings`() throws {
        var tar = Array(repeating: UInt8(0x61), count: 512)
        tar.replaceSubrange(257..<262, with: "ustar".utf8)
        #expect(try sentence(tar).contains("tar archive"))
        var log = Array(repeating: UInt8(0), count: 512)
        log.replaceSubrange(72..<76, with: [2, 0, 1, 0xC0])
        #expect(try sentence(log).contains("pktmon"))
        let archive = [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4] as [UInt8]
        #expect(try sentence(archive).contains("7z"))
        var record = Array(repeating: UInt8(0), count: 16)
        record.replaceSubrange(4..<8, with: [0, 0, 0, 0x65])
        record.replaceSubrange(8..<16, with: [2, 4, 0, 80, 0, 0, 0, 62])
        let erf = (0..<3).flatMap { _ in record + Array(repeating: 0, count: 64) }
        #expect(try sentence(erf).contains("ERF"))
    }

    @Test func `text that is nothing of the kind stays unknown`() throws {
        for text in ["GET / HTTP/1.1\r\n\r\n", "{", "< a", "no capture", "12:00:00 IP a > b"] {
            let error = try Reading(Array(text.utf8)).error
            guard case .unknownFormat? = error else {
                Issue.record("\(text): \(error.map(\.description) ?? "no error")")
                continue
            }
        }
    }
}
