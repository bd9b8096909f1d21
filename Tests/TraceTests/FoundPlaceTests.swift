import Support
import Testing
import Trace

/// Where a connection goes on behind what the capture lacks.
struct FoundPlaceTests {
    @Test(arguments: ["`", "\"", "(", " ", "H", "HT", "x"])
    func `the answer begins where the client had received all before it asked`(last: String) {
        var builder = conversation([], isClosed: false)
        builder.ask("/a")
        builder.send("HTTP/1", from: .server)
        builder.sendUnseen(100, from: .server)
        builder.send("something\(last)", from: .server)
        builder.exchange("/b")
        builder.exchange("/c")
        builder.close()
        let traced = Traced(builder)
        #expect(traced.pairs == ["GET /a ?", "GET /b 200", "GET /c 200"])
    }

    @Test(arguments: ["Hello", "HT", "HTTP/1.1 2", "no"])
    func `content that looked like an answer is not in the next content too`(content: String) {
        var builder = conversation([], isClosed: false)
        builder.ask("/a")
        builder.sendUnseen(30, from: .client)
        builder.answer(content)
        builder.ask("/b")
        builder.send("HTTP/1.1 200 OK\r\n\r\nbye", from: .server)
        builder.close(first: .server)
        let lengths = Traced(builder).exchanges.map { $0.response?.contentLength }
        #expect(lengths == [content.utf8.count, 3])
    }
}
