import Support
import Testing
import Trace

/// Answers that were sent and received, and are not in the capture: what the client acknowledges
/// proves them.
struct UnseenAnswerTests {
    /// What comes behind the bytes that nobody captured.
    enum Ending: String, CaseIterable, Sendable, CustomTestStringConvertible {
        case acknowledgement, closeByServer, closeByClient, resetByClient

        var testDescription: String { rawValue }

        func append(to builder: inout ConversationBuilder) {
            builder.acknowledge(from: .client)
            switch self {
            case .acknowledgement: break
            case .closeByServer: builder.close(first: .server)
            case .closeByClient: builder.close(first: .client)
            case .resetByClient: builder.reset(from: .client)
            }
        }
    }

    @Test(arguments: Ending.allCases)
    func `an answer that the client acknowledges and nobody captured is not captured`(
        ending: Ending
    ) {
        var builder = conversation(["/a"], isClosed: false)
        builder.ask("/b")
        builder.sendUnseen(40, from: .server)
        ending.append(to: &builder)
        let traced = Traced(builder)
        #expect(traced.pairs == ["GET /a 200", "GET /b -"])
        #expect(traced.exchanges.last?.absence == .responseNotCaptured)
        #expect(traced.exchanges.last?.codes.contains(.captureGap) == true)
        #expect(traced.summary.ledger.gap == 40)
        #expect(traced.summary.ledger.imbalance == 0)
    }

    @Test func `of two answers the capture lacks the second`() {
        var builder = conversation([], isClosed: false)
        builder.ask("/a")
        builder.ask("/b")
        builder.answer("a")
        builder.sendUnseen(40, from: .server)
        builder.close(first: .server)
        let traced = Traced(builder)
        #expect(traced.pairs == ["GET /a 200", "GET /b -"])
        #expect(traced.exchanges.last?.absence == .responseNotCaptured)
    }

    @Test func `the end of an answer that was received and not captured is a gap`() {
        var builder = conversation([], isClosed: false)
        builder.ask("/a")
        builder.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123", from: .server)
        builder.sendUnseen(6, from: .server)
        builder.acknowledge(from: .client)
        let traced = Traced(builder)
        #expect(traced.pairs == ["GET /a 200"])
        #expect(traced.exchanges.first?.codes == [.captureGap])
        #expect(traced.exchanges.first?.timing.receive == nil)
        #expect(traced.summary.ledger.gap == 6)
    }

    @Test func `a gap in one answer hides none of the next`() {
        var builder = conversation([], isClosed: false)
        builder.ask("/a")
        builder.ask("/b")
        builder.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123", from: .server)
        builder.sendUnseen(6, from: .server)
        builder.close(first: .server)
        let traced = Traced(builder)
        #expect(traced.pairs == ["GET /a 200", "GET /b -"])
        #expect(traced.exchanges.last?.absence == .connectionClosed)
    }

    @Test func `an acknowledged FIN that was not captured is no missing byte`() {
        var builder = conversation(["/a"], isClosed: false)
        builder.ask("/b")
        builder.sendUnseen(1, from: .server)
        builder.acknowledge(from: .client)
        let traced = Traced(builder)
        #expect(traced.exchanges.last?.absence == .captureEnded)
        #expect(traced.summary.ledger.gap == 0)
    }
}
