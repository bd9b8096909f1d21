import Findings
import Support
import Testing
import Trace

struct PairingTests {
    private static var opened: ConversationBuilder { conversation([], isClosed: false) }

    @Test func `exchanges on one connection are paired in order`() {
        let traced = Traced(conversation(["/a", "/b", "/c"]))
        #expect(traced.pairs == ["GET /a 200", "GET /b 200", "GET /c 200"])
        #expect(traced.exchanges.map(\.index) == [0, 1, 2])
        #expect(traced.codes.isEmpty)
    }

    @Test func `pipelined requests are answered in order`() {
        var builder = Self.opened
        for target in ["/a", "/b", "/c"] { builder.ask(target) }
        for target in ["/a", "/b", "/c"] { builder.answer(target) }
        let traced = Traced(builder)
        #expect(traced.pairs == ["GET /a 200", "GET /b 200", "GET /c 200"])
        #expect(traced.exchanges.map(\.codes) == [[], [.pipelined], [.pipelined]])
    }

    @Test func `interim responses belong to the exchange and never use it up`() {
        var builder = Self.opened
        builder.send("PUT /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n", from: .client)
        builder.send("HTTP/1.1 100 Continue\r\n\r\n", from: .server)
        builder.send("abc", from: .client)
        builder.send("HTTP/1.1 103 Early\r\nLink: x\r\n\r\n", from: .server)
        builder.answer("done", status: 201)
        builder.exchange("/b")
        let traced = Traced(builder)
        #expect(traced.pairs == ["PUT /a 201", "GET /b 200"])
        #expect(traced.exchanges[0].interim.map(\.status) == [100, 103])
    }

    @Test func `a 408 to a connection on which nothing was asked is unsolicited`() {
        var builder = Self.opened
        builder.answer("", status: 408)
        builder.close()
        let traced = Traced(builder)
        #expect(traced.pairs == ["- 408"])
        #expect(traced.exchanges.first?.absence == .unsolicited)
        #expect(traced.exchanges.first?.codes == [.responseWithoutRequest])
    }

    private static let expecting =
        "POST /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 500\r\n\r\n"

    @Test(arguments: [1, 7, 1460])
    func `a client that got its answer first may leave its content out`(segmentSize: Int) {
        var builder = Self.opened
        builder.segmentSize = segmentSize
        builder.send(Self.expecting, from: .client)
        builder.answer("no", status: 417)
        builder.exchange("/b")
        builder.close()
        let traced = Traced(builder)
        #expect(traced.pairs == ["POST /a 417", "GET /b 200"])
        #expect(traced.exchanges.first?.request?.isComplete == false)
        #expect(traced.exchanges.first?.request?.findings.map(\.code) == [.contentWithheld])
        #expect(traced.summary.ledger.imbalance == 0)
    }

    @Test(arguments: [1, 7, 1460])
    func `or send it all the same`(segmentSize: Int) {
        var builder = Self.opened
        builder.segmentSize = segmentSize
        builder.send(Self.expecting, from: .client)
        builder.answer("no", status: 417)
        builder.send("GE" + String(repeating: "x", count: 498), from: .client)
        builder.exchange("/b")
        builder.close()
        let traced = Traced(builder)
        #expect(traced.pairs == ["POST /a 417", "GET /b 200"])
        #expect(traced.exchanges.first?.request?.contentLength == 500)
        #expect(traced.exchanges.first?.request?.isComplete == true)
        #expect(traced.summary.ledger.imbalance == 0)
    }

    @Test func `endless interim responses take no endless memory`() {
        var builder = Self.opened
        builder.ask("/a")
        for _ in 0..<2000 { builder.send("HTTP/1.1 102 P\r\n\r\n", from: .server) }
        builder.answer("done")
        let traced = Traced(builder)
        #expect(traced.pairs == ["GET /a 200"])
        #expect(traced.exchanges[0].interim.count < 200)
        #expect(traced.summary.ledger.imbalance == 0)
    }

    @Test func `a response to HEAD has no content`() {
        var builder = Self.opened
        builder.ask("/a", method: "HEAD")
        builder.send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", from: .server)
        builder.exchange("/b")
        let traced = Traced(builder)
        #expect(traced.pairs == ["HEAD /a 200", "GET /b 200"])
        #expect(traced.exchanges[0].response?.isComplete == true)
    }

    @Test func `a response without request is shown whole, over many frames`() {
        var builder = Self.opened
        builder.segmentSize = 10
        builder.answer("a content of some length", status: 408)
        builder.exchange("/b")
        let traced = Traced(builder)
        #expect(traced.pairs == ["- 408", "GET /b 200"])
        #expect(traced.exchanges[0].absence == .unsolicited)
        #expect(traced.exchanges[0].response?.contentLength == 24)
        #expect(traced.exchanges[0].response?.isComplete == true)
    }

    @Test func `a 408 to an idle connection answers no earlier request`() {
        var builder = conversation(["/a"], isClosed: false)
        builder.answer("too late", status: 408)
        builder.close()
        let traced = Traced(builder)
        #expect(traced.pairs == ["GET /a 200", "- 408"])
        #expect(traced.exchanges[1].absence == .unsolicited)
        #expect(traced.exchanges[1].codes == [.responseWithoutRequest])
    }

    @Test func `bytes where a response should be are told from no answer at all`() {
        var builder = Self.opened
        builder.ask("/a")
        builder.send("+OK ready\r\n", from: .server)
        builder.close()
        let traced = Traced(builder)
        #expect(traced.pairs == ["GET /a -"])
        #expect(traced.exchanges[0].codes == [.unrecognizedResponse, .requestWithoutResponse])
        #expect(traced.summary.ledger.unclaimed == 11)
    }

    @Test func `a request without response says why`() {
        var closed = Self.opened
        closed.ask("/a")
        let cut = Traced(closed)
        closed.close()
        var reset = Self.opened
        reset.ask("/a")
        reset.reset(from: .server)
        let table: [(Traced, Absence)] = [
            (cut, .captureEnded), (Traced(closed), .connectionClosed),
            (Traced(reset), .connectionReset),
        ]
        for (traced, absence) in table {
            #expect(traced.pairs == ["GET /a -"])
            #expect(traced.exchanges.first?.absence == absence)
            #expect(traced.codes.contains(.requestWithoutResponse))
        }
    }

    @Test func `an answer that the capture lacks leaves the others in their places`() {
        var builder = Self.opened
        for number in 0..<1000 {
            builder.ask("/\(number)")
            if number == 400 {
                builder.sendUnseen(57, from: .server)
            } else {
                builder.answer("\(number)")
            }
        }
        let traced = Traced(builder)
        #expect(traced.exchanges.count == 1000)
        let table = traced.exchanges.sorted { $0.index < $1.index }
        #expect(table[400].pair == "GET /400 -")
        #expect(table[400].absence == .responseNotCaptured)
        for number in 0..<1000 where number != 400 {
            #expect(table[number].pair == "GET /\(number) 200")
            #expect(table[number].response?.contentLength == "\(number)".count)
        }
    }

    @Test func `a gap in a response ends it, and the next exchange is whole`() {
        var builder = Self.opened
        builder.ask("/a")
        builder.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789", from: .server)
        builder.sendUnseen(50, from: .server)
        builder.send(String(repeating: "x", count: 40), from: .server)
        builder.exchange("/b")
        let traced = Traced(builder)
        #expect(traced.pairs == ["GET /a 200", "GET /b 200"])
        #expect(traced.exchanges[0].response?.contentLength == 50)
        #expect(traced.exchanges[0].response?.isComplete == false)
        #expect(traced.exchanges[0].codes == [.captureGap])
        #expect(traced.summary.ledger.gap == 50)
    }

    @Test func `a gap in a request leaves the response to it`() {
        var builder = Self.opened
        builder.send("GET /a HTTP/1.1\r\nHo", from: .client)
        builder.sendUnseen(10, from: .client)
        builder.send("Accept: x\r\n\r\n", from: .client)
        builder.answer("a")
        builder.exchange("/b")
        let traced = Traced(builder)
        #expect(traced.pairs == ["GET /a 200", "GET /b 200"])
        #expect(traced.exchanges[0].request?.isComplete == false)
        #expect(traced.summary.ledger.imbalance == 0)
    }

    @Test func `a response that begins before the request is whole is told`() {
        var builder = Self.opened
        builder.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\nabc", from: .client)
        builder.answer("early", status: 413)
        builder.send("def", from: .client)
        builder.exchange("/b")
        let traced = Traced(builder)
        #expect(traced.pairs == ["POST /a 413", "GET /b 200"])
        #expect(traced.exchanges[0].codes == [.responseBeforeRequestComplete])
        #expect(traced.exchanges[0].request?.isComplete == true)
    }

    @Test func `the answer ends a header section without blank line`() {
        var builder = Self.opened
        builder.send("POST / HTTP/1.1\r\nHost: h\r\n", from: .client)
        builder.answer("", status: 204)
        let traced = Traced(builder)
        #expect(traced.pairs == ["POST / 204"])
        #expect(traced.exchanges[0].request?.findings.map(\.code) == [.unterminatedHeaderSection])
    }

    @Test func `a capture that begins in the middle of a response finds the next exchange`() {
        let whole = conversation(["/a", "/b"])
        let traced = Traced(Array(whole.frames[4...]))
        #expect(traced.pairs == ["- 200", "GET /b 200"])
        #expect(traced.exchanges[0].absence == .requestNotCaptured)
        #expect(traced.codes == [.responseWithoutRequest, .missingHandshake])
    }

    @Test(arguments: [0, 1] as [UInt32])
    func `an acknowledgement means what it says where numbers wrap`(acknowledged: UInt32) {
        let request = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"
        let sequence = acknowledged &- UInt32(request.utf8.count) &- 1
        var builder = ConversationBuilder(clientSequence: sequence)
        builder.handshake()
        builder.send(request, from: .client)
        builder.answer("hello")
        var frames = builder.frames
        frames.swapAt(3, 4)
        #expect(Traced(frames).pairs == ["GET /a 200"])
    }

    @Test func `the roles never turn round against a handshake`() {
        var builder = Self.opened
        builder.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n", from: .server)
        builder.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", from: .client)
        let traced = Traced(builder)
        #expect(traced.exchanges.allSatisfy { $0.client.port != 80 })
        #expect(!traced.pairs.contains("GET /a 200"))
    }

    @Test func `a port used again counts its exchanges anew`() {
        var again = ConversationBuilder(clientSequence: 77_000, serverSequence: 99_000)
        again.handshake()
        again.exchange("/c")
        let traced = Traced(conversation(["/a", "/b"]).frames + again.frames)
        #expect(traced.pairs == ["GET /a 200", "GET /b 200", "GET /c 200"])
        #expect(traced.exchanges.map(\.stream) == [0, 0, 1])
        #expect(traced.exchanges.map(\.index) == [0, 1, 0])
        #expect(traced.summary.streams == 2)
    }
}
