import Peers
import Testing

struct ResponseEncoderTests {
    private static let time = WallTime(secondsSinceEpoch: 1_651_564_662, offsetFromUTC: 32_400)
    private static let reportTail = "\nDate: Tue, 03 May 2022 16:57:42 KST\nServer: 127.0.0.1\n\n"

    @Test(arguments: [
        (Answer(file: Array("Hello World!\n".utf8)), "HTTP/1.1 200 OK", "Hello World!\n"),
        (Answer(.notFound, "no"), "HTTP/1.1 404 Error", ""),
        (Answer(.noContent), "HTTP/1.1 204 No content", ""),
        (Answer(.methodNotAllowed, "no"), "HTTP/1.1 405 Method Not Allowed ", ""),
    ])
    func `in report mode a response is the report's to the byte`(
        answer: Answer,
        line: String,
        body: String
    ) {
        let bytes = ResponseEncoder(wire: .report).encode(
            answer,
            version: Array("HTTP/1.1".utf8),
            closes: true,
            at: Self.time
        )
        #expect(String(decoding: bytes, as: UTF8.self) == line + Self.reportTail + body)
    }

    @Test(arguments: [
        ("HTTP/2", "HTTP/2"), ("HTTP/9.9", "HTTP/9.9"), ("", "HTTP/1.1"), ("a\rb", "HTTP/1.1"),
        ("12345678901234567", "HTTP/1.1"),
    ])
    func `in report mode the version is echoed unless it would break the line`(
        version: String,
        echoed: String
    ) {
        let bytes = ResponseEncoder(wire: .report).encode(
            FileService.versionRefusal,
            version: Array(version.utf8),
            closes: true,
            at: Self.time
        )
        let line = "\(echoed) 505  HTTP version not supported"
        #expect(String(decoding: bytes, as: UTF8.self) == line + Self.reportTail)
    }

    @Test(arguments: [
        (
            Answer(file: Array("Hi\n".utf8)), false, false,
            """
            HTTP/1.1 200 OK|Date: Tue, 03 May 2022 07:57:42 GMT|Server: httptrace-server|\
            Content-Type: text/plain; charset=utf-8|X-Content-Type-Options: nosniff|\
            Content-Length: 3|Connection: keep-alive||Hi\n
            """
        ),
        (
            Answer(.noContent), false, true,
            """
            HTTP/1.1 204 No Content|Date: Tue, 03 May 2022 07:57:42 GMT|Server: httptrace-server|\
            Connection: close||
            """
        ),
        (
            Answer(.methodNotAllowed, "No."), true, false,
            """
            HTTP/1.1 405 Method Not Allowed|Date: Tue, 03 May 2022 07:57:42 GMT|\
            Server: httptrace-server|Allow: GET, HEAD, POST, PUT, PATCH, OPTIONS|\
            Content-Type: text/plain; charset=utf-8|X-Content-Type-Options: nosniff|\
            Content-Length: 9|Connection: keep-alive||
            """
        ),
    ])
    func `in standard mode a response is as RFC 9110 and 9112 ask`(
        answer: Answer,
        isHead: Bool,
        closes: Bool,
        expected: String
    ) {
        let bytes = ResponseEncoder(wire: .standard).encode(
            answer,
            version: [],
            isHead: isHead,
            closes: closes,
            at: Self.time
        )
        let lines = expected.split(separator: "|", omittingEmptySubsequences: false)
        #expect(String(decoding: bytes, as: UTF8.self) == lines.joined(separator: "\r\n"))
    }

    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
        (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 GMT"),
        (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
        (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
    ])
    func `a date is the day and time of its second`(seconds: Int, expected: String) {
        #expect(WallTime(secondsSinceEpoch: seconds).imfFixdate == expected)
    }

    @Test(arguments: [
        (1_651_564_662, 0, "2022-05-03T07:57:42+0000"),
        (1_651_564_662, 32_400, "2022-05-03T16:57:42+0900"),
        (1_651_564_662, -34_200, "2022-05-02T22:27:42-0930"),
        (-1, 3600, "1970-01-01T00:59:59+0100"),
    ])
    func `a line of a log has local time`(seconds: Int, offset: Int, expected: String) {
        let time = WallTime(secondsSinceEpoch: seconds, offsetFromUTC: offset)
        #expect(time.logTimestamp == expected)
    }
}
