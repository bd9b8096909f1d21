import Packets
import Support

extension MadeCapture {
    /// Kinds of files, whole and damaged; compressed ones are made by the tests that read them.
    static let files = pcapFiles + pcapngFiles + damagedFiles + otherFiles

    private static let frames = ConversationBuilder.ordinary().frames

    private static let pcapFiles: [MadeCapture] = PcapFileBuilder.Magic.allCases.flatMap { magic in
        FileByteOrder.allCases.map { order in
            var builder = PcapFileBuilder()
            builder.magic = magic
            builder.byteOrder = order
            let name = "files/pcap-\(magic)-\(order).pcap"
            return MadeCapture(
                name,
                "a pcap file with the magic number of \(magic), \(order)",
                bytes: builder.file(frames)
            )
        }
    }

    private static let pcapngFiles: [MadeCapture] = [
        MadeCapture(
            "files/pcapng-big-endian.pcapng",
            "pcapng in big-endian order",
            bytes: PcapngFileBuilder(frames, byteOrder: .bigEndian).bytes
        ),
        MadeCapture(
            "files/pcapng-sections.pcapng",
            "sections of both byte orders; interfaces of different link types, resolutions and "
                + "offsets; a stream that crosses them",
            bytes: sections
        ),
        MadeCapture(
            "files/pcapng-blocks.pcapng",
            "simple, obsolete and enhanced packet blocks, custom and unknown blocks, comments, "
                + "counts of lost frames",
            bytes: blocks
        ),
    ]

    /// One connection, its frames on two interfaces in turn, in a section of each byte order.
    private static let sections: [UInt8] = {
        var file = PcapngFileBuilder()
        let half = frames.count / 2
        for (order, part) in [
            (FileByteOrder.littleEndian, frames[..<half]), (.bigEndian, frames[half...]),
        ] {
            file.section(order)
            // Units of 2⁻¹⁰ s; and of 10⁻⁹ s, an hour ahead of what the counts say.
            file.interface(.ethernet, options: [.init(9, [0x80 | 10])])
            let hour: [UInt8] =
                order == .littleEndian
                ? [0x10, 0x0E, 0, 0, 0, 0, 0, 0] : [0, 0, 0, 0, 0, 0, 0x0E, 0x10]
            file.interface(.raw, options: [.init(9, [9]), .init(14, hour)])
            for (index, frame) in part.enumerated() {
                var frame = frame
                let nanoseconds = UInt64(frame.timestamp.nanoseconds)
                if index % 2 == 0 {
                    let (seconds, rest) = nanoseconds.quotientAndRemainder(
                        dividingBy: 1_000_000_000
                    )
                    file.packet(frame, count: seconds << 10 + rest << 10 / 1_000_000_000)
                } else {
                    frame.interface = 1
                    frame.bytes.removeFirst(14)
                    frame.originalLength -= 14
                    file.packet(frame, count: nanoseconds - 3_600_000_000_000)
                }
            }
        }
        return file.bytes
    }()

    private static let blocks: [UInt8] = {
        var file = PcapngFileBuilder()
        file.section(options: [.init(1, "made for a test")])
        file.interface(.ethernet)
        for (index, frame) in frames.enumerated() {
            let count = UInt64(frame.timestamp.nanoseconds / 1000)
            switch index % 3 {
            case 0: file.packet(frame, count: count, options: [.init(1, "frame \(index + 1)")])
            case 1: file.obsoletePacket(frame, count: count)
            default: file.simplePacket(frame)
            }
            file.block(index % 2 == 0 ? 0x0000_0BAD : 0x8000_0042) { $0.bytes += [1, 2, 3, 4] }
        }
        file.statistics(interface: 0, options: [(4, 100), (5, 7), (7, 3)])
        return file.bytes
    }()

    private static let damagedFiles: [MadeCapture] = {
        let builder = PcapFileBuilder()
        let whole = builder.file(frames)
        let first = Array(frames[..<5])
        let last = Array(frames[5...])
        let impossible = builder.record(frames[5], claiming: 0x7FFF_FFFF)
        let garbage = Array("not a record".utf8)
        let rest = last.reduce(into: [UInt8]()) { $0 += builder.record($1) }
        return [
            MadeCapture(
                "files/cut-record.pcap",
                "the last record is cut",
                bytes: Array(whole.dropLast(20))
            ),
            MadeCapture(
                "files/cut-record-header.pcap",
                "the file ends in a record header",
                bytes: builder.file(first) + builder.record(frames[5]).prefix(9)
            ),
            MadeCapture(
                "files/impossible-length.pcap",
                "the last record claims 2 GiB",
                bytes: builder.file(first) + impossible
            ),
            MadeCapture(
                "files/garbage-between-records.pcap",
                "bytes between two records that are of none",
                bytes: builder.file(first) + garbage + rest
            ),
            MadeCapture("files/empty.pcap", "no byte at all", bytes: []),
            MadeCapture(
                "files/text.pcap",
                "a text",
                bytes: Array("GET / HTTP/1.1\r\n\r\n".utf8)
            ),
        ]
    }()
}
