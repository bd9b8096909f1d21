import Foundation
import HTTPWire
import Support
import Testing
import Trace
import TraceOutput

/// Content in JSON lines, which is there only where it is asked for.
@Suite struct JSONBodyTests {
    private func message(
        _ content: [UInt8],
        _ fields: String = "",
        bodies: BodyDisplay? = .text,
        length: Int? = nil,
        limit: Int? = nil
    ) throws -> [String: Any] {
        var response = Samples.message(
            Array("HTTP/1.1 200 OK\r\n\(fields)\r\n".utf8),
            role: .response,
            content: content,
            framing: .chunked
        )
        if let length { response.contentLength = length }
        var options = OutputOptions()
        options.bodies = bodies
        options.decodedLimit = limit
        let text = Samples.text { buffer in
            var renderer = ExchangeRenderer(format: .json, options: options)
            renderer.render(Samples.exchange(nil, response), into: &buffer)
        }
        #expect(text.utf8.count { $0 == 0x0A } == 1)
        let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
        let object = try #require(value as? [String: Any])
        return try #require(object["response"] as? [String: Any])
    }

    @Test func `nothing is there that was not asked for`() throws {
        for bodies in [nil, BodyDisplay.none] {
            let keys = Set(try message([0x61], bodies: bodies).keys)
            #expect(keys.isDisjoint(with: ["body", "bodyEncoding", "decodedLength"]))
        }
        #expect(try message([], bodies: .all)["body"] == nil)
    }

    @Test(
        arguments: [
            (Array("a \"\u{1B}\" and é\n".utf8), "", "utf-8", "a \"\u{1B}\" and é\n"),
            ([0x63, 0xE9], "Content-Type: text/plain; charset=latin1\r\n", "utf-8", "cé"),
            ([0xFF, 0xFE, 0x41, 0], "Content-Type: text/plain\r\n", "utf-8", "A"),
            (Array("aaaaaaaaa".utf8) + [0xE9], "", "base64", "YWFhYWFhYWFh6Q=="),
            ([0xC1, 0x61], "Content-Type: text/plain; charset=koi8-r\r\n", "utf-8", "аa"),
            ([0xC1, 0x61], "Content-Type: text/plain; charset=utf-7\r\n", "base64", "wWE="),
            ([0xC1, 0xFF, 0x61], "Content-Type: text/plain; charset=gbk\r\n", "base64", "wf9h"),
            ([0, 1, 2], "", "base64", "AAEC"), ([0, 1, 2, 0xFF], "", "base64", "AAEC/w=="),
            ([0, 0xFB, 0xEF, 0xBE, 0], "", "base64", "APvvvgA="),
            (Array("{}".utf8), "Content-Type: application/json\r\n", "utf-8", "{}"),
            (Array("hi".utf8), "Content-Type: image/png\r\n", "base64", "aGk="),
            (
                Array("--b\r\n\r\nx\r\n--b--".utf8),
                "Content-Type: multipart/mixed; boundary=b\r\n", "utf-8", "--b\r\n\r\nx\r\n--b--"
            ),
        ] as [([UInt8], String, String, String)]
    )
    func `text is a string, and what is none base64`(
        content: [UInt8],
        fields: String,
        encoding: String,
        body: String
    ) throws {
        for bodies in [BodyDisplay.text, .all] {
            let message = try message(content, fields, bodies: bodies)
            #expect(message["bodyEncoding"] as? String == encoding)
            #expect(message["body"] as? String == body)
            #expect(message["bodyLength"] as? Int == content.count)
            #expect(message["decodedLength"] == nil)
            #expect(message["bodyTruncated"] == nil)
        }
    }

    @Test func `codings are removed, and what went wrong is said`() throws {
        var coded = compress(Array("Hello World!\n".utf8), .gzip)
        let whole = try message(coded, "Content-Encoding: gzip\r\n")
        #expect(whole["body"] as? String == "Hello World!\n")
        #expect(whole["bodyLength"] as? Int == coded.count)
        #expect(whole["decodedLength"] as? Int == 13)
        #expect(whole["decodingErrors"] == nil)
        coded[coded.count - 6] ^= 1
        let damaged = try message(coded, "Content-Encoding: gzip\r\n")
        #expect(damaged["body"] as? String == "Hello World!\n")
        let errors = try #require(damaged["decodingErrors"] as? [String])
        #expect(errors == ["gzip fails at byte 29: incorrect data check"])
        let cut = try message(Array(coded.prefix(25)), "Content-Encoding: gzip\r\n", length: 33)
        #expect(cut["bodyTruncated"] as? Bool == true)
        #expect(cut["decodingErrors"] == nil)
    }

    @Test(
        arguments: [
            (.text, nil, 1 << 20), (.all, nil, nil), (.text, 2 << 20, 2 << 20),
            (.text, 8 << 20, nil), (.all, 2 << 20, 2 << 20),
        ] as [(BodyDisplay, Int?, Int?)]
    )
    func `a line stays readable where nobody asks for all`(
        bodies: BodyDisplay,
        limit: Int?,
        expected: Int?
    ) throws {
        // A hundredth of its length: within the usual ratio.
        let text = (0..<400_000).flatMap { Array("line \($0 % 1000)\n".utf8) }
        let coded = compress(text, .gzip)
        let field = "Content-Encoding: gzip\r\n"
        let message = try message(coded, field, bodies: bodies, limit: limit)
        #expect((message["body"] as? String)?.utf8.count == expected ?? text.count)
        #expect(message["bodyTruncated"] as? Bool == (expected == nil ? nil : true))
    }

    @Test func `hex has the bytes as sent`() throws {
        let message = try message([0x1F, 0x8B, 0], "Content-Encoding: gzip\r\n", bodies: .hex)
        #expect(message["bodyEncoding"] as? String == "hex")
        #expect(message["body"] as? String == "1f8b00")
    }
}
