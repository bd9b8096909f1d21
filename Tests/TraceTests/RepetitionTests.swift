import Findings
import Packets
import Support
import Testing
import Trace

/// What was taken of a message, and then came again with other bytes.
struct RepetitionTests {
    private static let request = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"
    private static let response = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"

    /// A conversation in which the last segment of a side is sent again with other bytes.
    private func again(
        _ text: String,
        from side: ConversationBuilder.Side,
        isAnswered: Bool
    ) -> ConversationBuilder {
        var builder = conversation([], isClosed: false)
        let client = builder.nextSequence(of: .client)
        builder.send(Self.request, from: .client)
        let server = builder.nextSequence(of: .server)
        if isAnswered { builder.send(Self.response, from: .server) }
        builder.append(
            TCPFrameBuilder.Segment(
                sequence: side == .client ? client : server,
                acknowledgement: builder.nextSequence(of: side.peer),
                payload: Array(text.utf8)
            ),
            from: side
        )
        if !isAnswered { builder.send(Self.response, from: .server) }
        return builder
    }

    @Test(arguments: [
        ("GET /b HTTP/1.1\r\nHost: h\r\n\r\n", true),
        ("GET /a HTTP/1.1\r\nHost: h\r\n\r\n", false),
    ])
    func `a request that comes again otherwise is a conflict`(text: String, isConflict: Bool) {
        let traced = Traced(again(text, from: .client, isAnswered: false))
        #expect(traced.pairs == ["GET /a 200"])
        let codes = traced.exchanges.first?.codes ?? []
        #expect(codes.contains(.conflictingOverlap) == isConflict)
        #expect(traced.summary.ledger.imbalance == 0)
    }

    @Test(arguments: [
        ("HTTP/1.1 302 Go\r\nLocation: /evil\r\n\r\n", true),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", false),
        ("HTTP/1.1 200 OK", false),
    ])
    func `a response that comes again otherwise is a conflict`(text: String, isConflict: Bool) {
        let traced = Traced(again(text, from: .server, isAnswered: true))
        #expect(traced.pairs == ["GET /a 200"])
        let codes = traced.exchanges.first?.codes ?? []
        #expect(codes.contains(.conflictingOverlap) == isConflict)
        let isCalledTheSame =
            codes.contains(.retransmission) || codes.contains(.duplicateFrame)
        #expect(isCalledTheSame != isConflict)
    }

    @Test func `a head that is not whole yet is compared too`() {
        var builder = conversation([], isClosed: false)
        let start = builder.nextSequence(of: .client)
        builder.send("GET /a HTTP/1.1\r\nHo", from: .client)
        builder.append(
            TCPFrameBuilder.Segment(
                sequence: start,
                acknowledgement: builder.nextSequence(of: .server),
                payload: Array("GET /b".utf8)
            ),
            from: .client
        )
        builder.send("st: h\r\n\r\n", from: .client)
        builder.answer("ok")
        let traced = Traced(builder)
        #expect(traced.pairs == ["GET /a 200"])
        #expect(traced.codes.contains(.conflictingOverlap))
    }
}
