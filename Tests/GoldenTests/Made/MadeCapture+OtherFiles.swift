import Packets
import Support

extension MadeCapture {
    /// Files of other programs, joined files, and files whose times are odd.
    static let otherFiles: [MadeCapture] = [
        MadeCapture(
            "files/snoop.pcap",
            "a file of Solaris's snoop",
            bytes: SnoopFileBuilder().file(frames)
        ),
        MadeCapture(
            "files/network-monitor-1.pcap",
            "a file of Microsoft's Network Monitor 1.1",
            bytes: NetworkMonitorFileBuilder(1, 1).file(frames)
        ),
        MadeCapture(
            "files/network-monitor-2.pcap",
            "a file of Microsoft's Network Monitor 2.3, notes among the frames",
            bytes: NetworkMonitorFileBuilder(2, 3).file(frames, notes: [0xFFFD, 0xFFFC])
        ),
        MadeCapture(
            "files/joined.pcap",
            "three files joined byte by byte, pcap of both byte orders and pcapng; the second is "
                + "the earliest",
            bytes: joined
        ),
        MadeCapture(
            "files/zip.pcap",
            "the beginning of a zip archive",
            bytes: [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0]
        ),
        MadeCapture(
            "files/no-times.pcap",
            "all times are 0",
            bytes: PcapFileBuilder().file(frames.map { at(0, $0) })
        ),
        MadeCapture(
            "files/clock-back.pcap",
            "the clock goes back an hour between request and response",
            bytes: PcapFileBuilder()
                .file(frames.enumerated().map { moved($1, by: $0 < 4 ? 0 : -3_600_000_000_000) })
        ),
        MadeCapture(
            "files/nanoseconds-as-microseconds.pcap",
            "the magic number of microseconds, and fractions in nanoseconds",
            bytes: nanosecondsAsMicroseconds
        ),
    ]

    private static let frames = ConversationBuilder.ordinary().frames

    private static func at(_ time: Int64, _ frame: BuiltFrame) -> BuiltFrame {
        var frame = frame
        frame.timestamp.nanoseconds = time
        return frame
    }

    private static func moved(_ frame: BuiltFrame, by distance: Int64) -> BuiltFrame {
        at(frame.timestamp.nanoseconds + distance, frame)
    }

    private static let joined: [UInt8] = {
        var bigEndian = PcapFileBuilder()
        bigEndian.byteOrder = .bigEndian
        let earlier = frames.map { moved($0, by: -600_000_000_000) }
        let later = frames.map { moved($0, by: 600_000_000_000) }
        return PcapFileBuilder().file(frames) + bigEndian.file(earlier)
            + PcapngFileBuilder(later).bytes
    }()

    private static let nanosecondsAsMicroseconds: [UInt8] = {
        var builder = PcapFileBuilder()
        builder.magic = .nanoseconds
        let exact = frames.enumerated().map { moved($1, by: Int64($0) * 1_000_123) }
        return PcapFileBuilder().header + builder.file(exact).dropFirst(24)
    }()
}
