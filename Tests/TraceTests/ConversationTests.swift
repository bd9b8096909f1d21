import Reassembly
import Support
import Testing
import Trace

@Suite struct ConversationTests {
    @Test func `only the connections that were asked for are kept`() {
        var options = TracerOptions()
        #expect(conversations(options).isEmpty)
        options.streams = [0, 3]
        #expect(conversations(options).map(\.stream) == [0])
    }

    @Test func `what is kept is every segment and both ends' closes`() throws {
        var options = TracerOptions()
        options.streams = [0]
        let conversation = try #require(conversations(options).first)
        #expect(conversation.opener == .forward)
        #expect(
            conversation.steps.map(\.event) == [
                .bytes(.forward, offset: 0, Array("junk".utf8)),
                .bytes(.backward, offset: 0, Array("more".utf8)),
                .bytes(.forward, offset: 4, Array("x".utf8)), .end(.backward), .end(.forward),
            ]
        )
        #expect(conversation.omitted == 0)
    }

    @Test func `more than the limit is counted and not kept`() throws {
        var options = TracerOptions()
        options.streams = [0]
        options.conversationLimit = 6
        let conversation = try #require(conversations(options).first)
        #expect(conversation.omitted == 4)
        #expect(conversation.steps.count == 4)
    }

    private func conversations(_ options: TracerOptions) -> [Conversation] {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.send("junk", from: .client)
        builder.send("more", from: .server)
        builder.send("x", from: .client)
        builder.close()
        var tracer = Tracer(options: options)
        for (index, built) in builder.frames.enumerated() {
            tracer.process(built.frame(number: index + 1), built.bytes.span)
        }
        tracer.finish()
        return tracer.conversations
    }
}
