import Findings
import HTTPWire
import Testing

@Suite struct SyntaxTests {
    @Test(
        arguments: [
            ("HTTP/1.1", .http1(minor: 1)), ("HTTP/1.0", .http1(minor: 0)),
            ("HTTP/1.9", .http1(minor: 9)), ("HTTP/2", .other(major: 2)),
            ("HTTP/2.0", .other(major: 2)), ("HTTP/0.9", .other(major: 0)),
            ("HTTP/1", .invalid), ("HTTP/0", .invalid), ("http/1.1", .invalid), ("HTTP", .invalid),
            ("HTTP/", .invalid), ("HTTP/1.", .invalid), ("HTTP/1.10", .invalid),
            ("HTTP/x.1", .invalid), ("HTTP/1,1", .invalid),
        ] as [(String, ProtocolVersion)]
    )
    func `a version is read by its digits`(token: String, version: ProtocolVersion) {
        let request = Parsed("GET / \(token)\r\n\r\n", .request)
        #expect(request.head.startLine.protocolVersion == version)
        let response = Parsed("\(token) 200 OK\r\n\r\n", .response)
        #expect(response.head.startLine.protocolVersion == version)
    }

    @Test(arguments: [
        ("100", 100, true), ("599", 599, true), ("099", 99, false), ("600", 600, false),
        ("999", 999, false), ("20", 20, false), ("1000", nil, false), ("", nil, false),
        ("2OO", nil, false), ("+20", nil, false), ("２００", nil, false),
    ])
    func `a status is three digits from 100 to 599`(text: String, code: Int?, isValid: Bool) {
        let head = Parsed("HTTP/1.1 \(text)\r\n\r\n", .response).head
        #expect(head.startLine.statusCode == code)
        #expect(head.findings.map(\.code).contains(.invalidStatus) == !isValid)
    }

    @Test(arguments: [
        ("/", true), ("/a?b=c&d", true), ("http://a:1/", true), ("http://[::1]:1", true),
        ("/%41%zz", false), ("/%4", false), ("/%", false), ("/a#b", false), ("/a\"b", false),
        ("/a b", false), ("/<>", false), ("/\\", false), ("/é", false), ("/\u{7F}", false),
    ])
    func `a target holds what a URI may hold`(target: String, isValid: Bool) {
        let head = Parsed("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n", .request).head
        #expect(Array(head.bytes[head.startLine.target]) == Array(target.utf8))
        #expect(head.findings.map(\.code).contains(.invalidTarget) == !isValid)
    }

    @Test(arguments: [
        ("OPTIONS *", true), ("GET *", false), ("OPTIONS **", false), ("CONNECT a:1", true),
        ("CONNECT [::1]:1", true), ("CONNECT a", false), ("CONNECT a:", false),
        ("CONNECT :1", false), ("CONNECT /", false), ("CONNECT http://a:1", false),
        ("GET a", false), ("GET a/b", false), ("GET 1:2", false), ("GET [::1]:1", false),
        ("GET urn:a", true), ("GET h2+x.y-z:", true), ("GET HTTPS://A", true), ("FOO /", true),
    ])
    func `a target has a form that its method may have`(start: String, isValid: Bool) {
        let head = Parsed("\(start) HTTP/1.1\r\nHost: a\r\n\r\n", .request).head
        #expect(head.findings.map(\.code).contains(.invalidTarget) == !isValid)
    }

    @Test(arguments: [
        ("a: b", "a", "b"), ("a:b", "a", "b"), ("a:\t b \t", "a", "b"), ("a:", "a", ""),
        ("a: :", "a", ":"), (":", "", ""), ("a : b", "a", "b"), ("a b: c", "a b", "c"),
        ("a", "a", ""), ("a:b:c", "a", "b:c"), ("a: é", "a", "é"),
    ])
    func `a field line falls apart at its first colon`(line: String, name: String, value: String) {
        let head = Parsed("GET / HTTP/1.0\r\n\(line)\r\n\r\n", .request).head
        #expect(head.fieldLines.count == 1)
        for field in head.fieldLines {
            #expect(Array(head.bytes[field.name]) == Array(name.utf8))
            #expect(Array(head.bytes[field.value]) == Array(value.utf8))
        }
    }

    @Test(
        arguments: [
            ("1", 1, []), ("0A", 10, []), ("f", 15, []), ("0000000000000001", 1, []),
            ("0000000000000000000001", 1, [.leadingZeros]),
            (" 1", 1, [.extraWhitespace]), ("1\t", 1, [.extraWhitespace]),
            ("1;a=b", 1, [.chunkExtension]), ("1;", 1, [.chunkExtension]),
            ("1 ;a", 1, [.chunkExtension, .extraWhitespace]),
            ("", nil, [.invalidChunkSize]), ("+1", nil, [.invalidChunkSize]),
            ("0x1", nil, [.invalidChunkSize]), ("1,1", nil, [.invalidChunkSize]),
            ("1 1", nil, [.invalidChunkSize]), (";a", nil, [.invalidChunkSize]),
            ("1000000000000000000000", nil, [.invalidChunkSize]),
            ("8000000000000000", nil, [.invalidChunkSize]),
        ] as [(String, Int?, [FindingCode])]
    )
    func `a chunk size is hexadecimal digits`(line: String, size: Int?, codes: [FindingCode]) {
        let start = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        let content = String(repeating: "x", count: size ?? 0)
        let parsed = Parsed(start + "\(line)\r\n\(content)\r\n0\r\n\r\n", .request)
        #expect(parsed.isComplete == (size != nil))
        #expect(parsed.contentLength == size ?? 0)
        #expect(parsed.head.findings.map(\.code) == codes)
    }
}

/// The first message in some text.
private struct Parsed {
    private(set) var head = MessageHead()
    private(set) var contentLength = 0
    private(set) var isComplete = false

    init(_ text: String, _ role: MessageRole) {
        var parser = MessageParser(role: role)
        let bytes = Array(text.utf8)
        var position = 0
        var hasEnded = false
        while !hasEnded, let event = parser.next(in: bytes.span, at: &position) {
            switch event {
            case .head: head = parser.head
            case .content(let range): contentLength += range.count
            case .end(let complete): (isComplete, hasEnded) = (complete, true)
            case .begin, .heldContent, .unclaimed, .switched: break
            }
        }
        head = parser.head
    }
}
