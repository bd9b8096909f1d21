import CaptureIO
import Packets
import Support
import Testing

struct PacketFilterTests {
    private func matches(_ expression: String, _ frames: [BuiltFrame]) throws -> [Bool] {
        var filter = try PacketFilter(expression)
        return frames.enumerated().map { index, frame in
            filter.matches(frame.frame(number: index + 1), frame.bytes.span)
        }
    }

    private func conversation(_ linkType: LinkType) -> [BuiltFrame] {
        var conversation = ConversationBuilder(linkType: linkType)
        conversation.handshake()
        conversation.send("GET / HTTP/1.1\r\n\r\n", from: .client)
        return conversation.frames
    }

    @Test(arguments: [.ethernet, .raw, .linuxCooked, .linuxCooked2, .null, .ipv4] as [LinkType])
    func `an expression chooses frames of every link type`(linkType: LinkType) throws {
        let frames = conversation(linkType)
        #expect(try matches("tcp port 80", frames) == [true, true, true, true])
        #expect(try matches("tcp port 81", frames) == [false, false, false, false])
        #expect(try matches("src host 10.0.0.1", frames) == [true, false, true, true])
        #expect(try matches("", frames) == [true, true, true, true])
    }

    @Test func `one filter serves a file of several link types`() throws {
        let frames = [LinkType.raw, .ethernet, .linuxCooked, .raw].map { conversation($0)[1] }
        #expect(try matches("src port 80", frames) == [true, true, true, true])
    }

    @Test(arguments: ["tcp prot 80", "port 99999", "((tcp)"])
    func `an expression that is not valid is refused with libpcap's words`(
        expression: String
    ) throws {
        let error = #expect(throws: CaptureError.self) { _ = try PacketFilter(expression) }
        #expect(error?.kind == .usage)
        #expect(error?.description.hasPrefix("the filter \"\(expression)\" is not valid: ") == true)
    }

    @Test func `what an expression cannot say about a link type is told`() throws {
        var filter = try PacketFilter("ether src 02:00:00:00:00:01")
        let ethernet = conversation(.ethernet)[0]
        let raw = conversation(.raw)[0]
        let matchesEthernet = filter.matches(ethernet.frame(number: 1), ethernet.bytes.span)
        let matchesRaw = filter.matches(raw.frame(number: 2), raw.bytes.span)
        let refused = filter.refusals.map(\.linkType)
        #expect(matchesEthernet)
        #expect(!matchesRaw)
        #expect(refused == [.raw])
    }
}
