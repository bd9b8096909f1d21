import Bytes
import Findings
import HTTPWire
import Peers
import Testing

struct ClientTests {
    private static let reportRequests = [
        "GET /index.txt HTTP/1.1 \r\nHost: 127.0.0.1\r\nConnection: Keep-Alive \n\n",
        "GET /index.html HTTP/1.1 \r\nHost: 127.0.0.1\r\nConnection: Keep-Alive \n\n",
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Keep-Alive\r\n",
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Keep-Alive\r\n"
            + "Data: Filename: new_file Content: New_Content\r\n\r\n",
        "PATCH /index.txt HTTP/1.1 \r\nHost: 127.0.0.1\r\nConnection: Keep-Alive \r\n"
            + "Data: Hello_Sehee! \n\n",
        "PUT /index.txt HTTP/1.1 \r\nHost: 127.0.0.1\r\nConnection: Keep-Alive \r\n"
            + "Data: Information_is_updated. \n\n",
        "DELETE / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Keep-Alive\r\nData: data....\n\n",
        "PATCH / HTTP/2\r\nHost: 127.0.0.1\r\nConnection: Keep-Alive\r\n\r\n",
    ]

    @Test func `the eight requests are the report's to the byte`() {
        let texts = ReportRequest.all.map {
            String(decoding: $0.bytes(wire: .report), as: UTF8.self)
        }
        #expect(texts == Self.reportRequests)
        #expect(
            ReportRequest.all.map(\.expectedStatus) == [200, 404, 204, 200, 200, 200, 405, 505]
        )
    }

    @Test(arguments: ReportRequest.all)
    func `in standard mode a request is well formed`(request: ReportRequest) {
        var parser = MessageParser(role: .request)
        let bytes = request.bytes(wire: .standard)
        var position = 0
        var ends: [Bool] = []
        while let event = parser.next(in: bytes.span, at: &position) {
            if case .end(let isComplete) = event { ends.append(isComplete) }
        }
        #expect(ends == [true])
        let expected: [FindingCode] =
            request == .unsupportedVersion ? [.unsupportedVersion] : []
        #expect(parser.head.findings.map(\.code) == expected)
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "hi"),
        ("HTTP/1.1 204 No Content\r\n\r\n", ""),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", "hi"),
        ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "hi"),
    ])
    func `a response is over where its framing says so`(text: String, content: String) {
        for delivery in deliveries(of: Array(text.utf8)) {
            var session = ClientSession()
            for piece in delivery {
                #expect(!session.isOver)
                session.receive(piece.span)
            }
            #expect(session.isOver)
            #expect(session.response.isComplete)
            #expect(session.response.bytes == Array(text.utf8))
            #expect(session.response.content == Array(content.utf8))
        }
    }

    @Test func `a response without length ends with the connection`() {
        let text = "HTTP/2 505  HTTP version not supported\nDate: x\nServer: 127.0.0.1\n\nbody"
        for delivery in deliveries(of: Array(text.utf8)) {
            var session = ClientSession()
            for piece in delivery { session.receive(piece.span) }
            #expect(!session.isOver)
            session.inputEnded()
            #expect(session.isOver)
            #expect(session.response.answers(505))
            #expect(session.response.content == Array("body".utf8))
        }
    }

    @Test func `a response that the close cuts short answers nothing`() {
        var session = ClientSession()
        session.receive(Array("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi".utf8).span)
        session.inputEnded()
        #expect(session.response.statusCode == 200)
        #expect(!session.response.answers(200))
    }
}
