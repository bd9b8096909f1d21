import Peers
import Testing

struct ServerSessionTests {
    static let modes = WireMode.allCases

    @Test(arguments: modes, modes)
    func `the report's requests are answered the same however they are cut`(
        server: WireMode,
        client: WireMode
    ) {
        for request in ReportRequest.all {
            let bytes = request.bytes(wire: client)
            var whole = Conversation(wire: server)
            whole.receive(bytes[...])
            whole.silence()
            #expect(whole.statuses.count == 1)
            for delivery in deliveries(of: bytes) {
                var cut = Conversation(wire: server)
                for piece in delivery { cut.receive(piece) }
                cut.silence()
                #expect(cut.requests == whole.requests)
                #expect(cut.sent == whole.sent)
                #expect(cut.log == whole.log)
                #expect(cut.isClosed == whole.isClosed)
            }
        }
    }

    @Test(arguments: modes)
    func `a request without its blank line is answered after silence and not before`(
        mode: WireMode
    ) {
        var conversation = Conversation(wire: mode)
        conversation.receive(ReportRequest.postWithoutBlankLine.bytes(wire: .report)[...])
        #expect(conversation.session.wait == .blankLine)
        #expect(conversation.requests.isEmpty)
        conversation.silence()
        #expect(conversation.requests.map(\.method) == [Array("POST".utf8)])
        #expect(conversation.isClosed)
    }

    @Test(arguments: [
        "", "POST", "POST / HTTP/1.1", "POST / HTTP/1.1\r\nHost: x", "POST / HTTP/1.1\r\nHost: x\r",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nab",
    ])
    func `silence inside a line or inside content decides nothing`(text: String) {
        var conversation = Conversation()
        conversation.receive(text)
        conversation.silence()
        #expect(conversation.sent.isEmpty)
        #expect(!conversation.isClosed)
    }

    @Test func `who types a request line has time for the Host`() {
        var conversation = Conversation()
        conversation.receive("GET /a HTTP/1.1\r\n")
        #expect(conversation.session.wait == .more)
        conversation.silence()
        #expect(conversation.sent.isEmpty)
        conversation.receive("Host: x\r\n")
        #expect(conversation.session.wait == .blankLine)
        conversation.silence()
        #expect(conversation.statuses == [200])
    }

    @Test func `a request that has begun is not idle, whatever its first byte`() {
        var conversation = Conversation()
        #expect(conversation.session.isIdle)
        conversation.receive("\r\n")
        #expect(conversation.session.wait == .request)
        conversation.receive("G")
        #expect(conversation.session.wait == .more)
        #expect(!conversation.session.isIdle)
    }

    @Test func `the last request that a connection may bring is answered and closed`() {
        var limits = ServerLimits()
        limits.requests = 2
        var conversation = Conversation(limits: limits)
        let get = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
        conversation.receive(get)
        #expect(!conversation.isClosed)
        conversation.receive(get + get)
        #expect(conversation.requests.count == 2)
        #expect(conversation.isClosed)
    }

    @Test func `a silent request that announces content is not carried out without it`() {
        var conversation = Conversation()
        conversation.receive("PUT /index.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n")
        conversation.silence()
        #expect(conversation.statuses == [400])
        #expect(conversation.requests.isEmpty)
        #expect(conversation.isClosed)
    }

    @Test func `pipelined requests are answered in order on one connection`() {
        var conversation = Conversation()
        conversation.receive(
            """
            GET /a HTTP/1.1\r\nHost: x\r\n\r\nPUT /b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n\
            hi\r\nPOST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\
            3\r\nabc\r\n0\r\n\r\n
            """
        )
        #expect(
            conversation.requests.map { String(decoding: $0.target, as: UTF8.self) }
                == ["/a", "/b", "/c"]
        )
        #expect(
            conversation.requests.map { String(decoding: $0.data, as: UTF8.self) }
                == ["", "hi", "abc"]
        )
        #expect(conversation.statuses == [200, 200, 200])
        #expect(!conversation.isClosed)
        #expect(conversation.session.wait == .request)
    }

    @Test func `in report mode one answer ends the connection`() {
        var conversation = Conversation(wire: .report)
        conversation.receive("GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(conversation.requests.count == 1)
        #expect(conversation.isClosed)
    }

    @Test func `a client that asks to close is told so and closed`() {
        var conversation = Conversation()
        conversation.receive("GET /a HTTP/1.1\r\nHost: x\r\nConnection: foo, Close\r\n\r\n")
        #expect(conversation.sentText.contains("\r\nConnection: close\r\n"))
        #expect(conversation.isClosed)
    }

    @Test func `a client that has shut down its sending side still gets its answer`() {
        var conversation = Conversation()
        conversation.receive("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
        conversation.inputEnded()
        #expect(conversation.statuses == [200])
        #expect(conversation.isClosed)
    }

    @Test(arguments: [
        ("POST / HTTP/1.1\r\nHost: x\r\n", WireMode.report, 200),
        ("POST / HTTP/1.1\r\nHost: x\r\n", .standard, 200),
        ("POST / HTTP/1.1\r\nHost: x\r\nDa", .report, 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nDa", .standard, 400),
        ("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc", .report, 400),
        ("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc", .standard, 400),
    ])
    func `what is half sent is carried out only if whole lines came`(
        text: String,
        mode: WireMode,
        status: Int
    ) {
        var conversation = Conversation(wire: mode)
        conversation.receive(text)
        conversation.inputEnded()
        #expect(conversation.statuses == [status])
        #expect(conversation.isClosed)
    }

    @Test func `a client that waits for 100 before its content gets it`() {
        var conversation = Conversation()
        conversation.receive(
            "PUT /a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
        )
        #expect(conversation.statuses == [100])
        conversation.receive("hi")
        #expect(conversation.statuses == [100, 200])
    }

    @Test func `a request that takes too long gets 408, an idle connection is closed`() {
        var slow = Conversation()
        slow.receive("GET /a HT")
        slow.timeOut()
        #expect(slow.statuses == [408])
        #expect(slow.isClosed)
        var idle = Conversation()
        idle.timeOut()
        #expect(idle.sent.isEmpty)
        #expect(idle.isClosed)
    }

    @Test func `a stopping server answers what has begun and then closes`() {
        var idle = Conversation()
        idle.finish()
        #expect(idle.isClosed)
        var busy = Conversation()
        busy.receive("GET /a HTTP/1.1\r\n")
        busy.finish()
        #expect(!busy.isClosed)
        busy.receive("Host: x\r\n\r\n")
        #expect(busy.statuses == [200])
        #expect(busy.isClosed)
    }

    @Test func `the log keeps a long request's beginning and counts the rest`() {
        var limits = ServerLimits()
        limits.loggedRequest = 10
        var conversation = Conversation(limits: limits)
        let text = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
        conversation.receive(text)
        #expect(conversation.log.map(\.received) == [Array("GET /a HTT".utf8)])
        #expect(conversation.log.map(\.receivedCount) == [text.utf8.count])
    }
}
