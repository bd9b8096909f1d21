import CaptureIO
import Packets
import Support
import Testing
import TraceIO

/// Files whose header tells the wrong link type.
struct LyingFileTests {
    private static func frames(_ linkType: LinkType) -> [BuiltFrame] {
        var conversation = ConversationBuilder(linkType: linkType)
        conversation.handshake()
        conversation.send("GET /a HTTP/1.1\r\nHost: example.com\r\n\r\n", from: .client)
        conversation.send("HTTP/1.1 204 No Content\r\n\r\n", from: .server)
        conversation.close()
        return conversation.frames
    }

    private func targets(
        in file: borrowing TemporaryFile,
        _ linkType: LinkType?,
        filter: String? = nil
    ) throws -> [String] {
        var targets: [String] = []
        let program = try filter.map { try PacketFilter($0) }
        var trace = FileTrace(filter: program, linkType: linkType)
        try trace.read(file.path) { targets.append("\($0.request?.target ?? "")") }
        trace.finish { targets.append("\($0.request?.target ?? "")") }
        return targets
    }

    @Test(
        arguments: [(.raw, .ethernet), (.ethernet, .raw), (.ethernet, LinkType(rawValue: 147))]
            as [(LinkType, LinkType)]
    )
    func `a file that lies is read as somebody says`(said: LinkType, told: LinkType) throws {
        let frames = Self.frames(said)
        let file = try TemporaryFile(PcapFileBuilder(linkType: told).file(frames))
        let (without, with) = (try targets(in: file, nil), try targets(in: file, said))
        #expect(without.isEmpty)
        #expect(with == ["/a"])
    }

    @Test func `a filter goes by the link type that somebody says`() throws {
        let frames = Self.frames(.raw)
        let file = try TemporaryFile(PcapFileBuilder(linkType: .ethernet).file(frames))
        let chosen = try targets(in: file, .raw, filter: "tcp port 80")
        let others = try targets(in: file, .raw, filter: "tcp port 81")
        #expect(chosen == ["/a"])
        #expect(others.isEmpty)
    }
}
