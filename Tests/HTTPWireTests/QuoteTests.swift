import Findings
import HTTPWire
import Testing

/// The bytes that a finding's message quotes.
@Suite struct QuoteTests {
    /// The messages of the findings with `code` in what a client, or a server, sends.
    private static func messages(
        _ text: String,
        _ role: MessageRole,
        _ code: FindingCode
    )
        -> [String]
    {
        var parser = MessageParser(role: role)
        let bytes = Array(text.utf8)
        var position = 0
        while let event = parser.next(in: bytes.span, at: &position) {
            if case .end = event { break }
        }
        if position == bytes.count { while parser.interrupt(.endOfStream) != nil {} }
        let head = parser.head
        return head.findings.filter { $0.code == code }.map { finding in
            let message = finding.message(in: head)
            return String(message.dropFirst(finding.code.entry.sentence.count - 1))
        }
    }

    @Test(arguments: [
        // The bytes themselves, without the line end.
        (
            "GET / HTTP/2\r\n\r\n", MessageRole.request, FindingCode.unsupportedVersion,
            #": "HTTP/2""#
        ),
        ("GET / HTTP/1.1\r\nno colon\r\n\r\n", .request, .missingColon, #": "no colon""#),
        // What cannot be seen is shown in its line.
        ("GET  / HTTP/1.1\r\n\r\n", .request, .extraWhitespace, #": "GET  / HTTP/1.1\r\n""#),
        ("GET / HTTP/1.1\n\n", .request, .bareLineFeed, #": "GET / HTTP/1.1\n""#),
        ("GET / HTTP/1.1\r\nA: \0\r\n\r\n", .request, .invalidFieldValue, #": "A: \x00\r\n""#),
        ("\r\nGET / HTTP/1.1\r\n\r\n", .request, .blankLineBeforeStartLine, #": "\r\n""#),
        // Long ones are shortened, in front of the place too.
        (
            "GET / HTTP/1.1\r\nHost: a\r\nHost: \(String(repeating: "b", count: 60))\r\n\r\n",
            .request, .duplicateHost, ": \"Host: \(String(repeating: "b", count: 33))…\""
        ),
        (
            "GET /\(String(repeating: "a", count: 60)) HTTP/1.1\t\r\n\r\n", .request,
            .extraWhitespace, ": \"…aaaaaaaaaaa HTTP/1.1\\t\\r\\n\""
        ),
        // Chunk lines are not kept, and quoted all the same.
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n+5\r\nhello", .response,
            .invalidChunkSize, #": "+5""#
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n5;c\r\n",
            .response, .chunkExtension, #": "5;a=b""#
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA\r\n\r\n", .response,
            .missingColon, #": "A""#
        ),
        // About a place between bytes there is nothing to quote.
        ("GET / HTTP/1.1\r\nHost: a\r\n", .request, .unterminatedHeaderSection, "."),
    ])
    func `a message ends with the bytes that it is about`(
        text: String,
        role: MessageRole,
        code: FindingCode,
        end: String
    ) {
        #expect(Self.messages(text, role, code) == [end])
    }

    @Test func `two versions of the same bytes are both quoted`() {
        let detail = FindingDetail.versions(first: Array("/a".utf8), later: Array("/b\n".utf8))
        let message = Finding(.conflictingOverlap, detail: detail).message(in: nil)
        #expect(message.hasSuffix(#": "/a" and later "/b\n""#))
    }

    @Test func `a detail costs a finding one pointer`() {
        #expect(MemoryLayout<FindingDetail?>.size == MemoryLayout<Int>.size)
        #expect(MemoryLayout<Finding>.stride <= 48)
    }
}
