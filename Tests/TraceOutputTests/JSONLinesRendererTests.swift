import Findings
import Foundation
import HTTPWire
import Packets
import Testing
import Trace
import TraceOutput

@Suite struct JSONLinesRendererTests {
    private func line(_ exchange: Exchange) -> String {
        Samples.text { buffer in
            var renderer = JSONLinesRenderer()
            renderer.render(exchange, into: &buffer)
        }
    }

    private func object(_ line: String) throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
        return try #require(value as? [String: Any])
    }

    @Test func `the report's third exchange is the contract's example`() {
        let expected = """
            {"stream":2,"index":0,"client":{"address":"127.0.0.1","port":51234},\
            "server":{"address":"127.0.0.1","port":8080},\
            "request":{"method":"POST","target":"/","version":"HTTP/1.1",\
            "headers":[["Host","127.0.0.1"],["Connection","Keep-Alive"]],\
            "bodyLength":0,"complete":false,"firstFrame":24,"lastFrame":24,\
            "time":"2026-11-22T21:37:28.000912Z",\
            "findings":[{"code":"unterminated-header-section","severity":"error","offset":58,\
            "length":0,"message":"The header section stops without the blank line that ends it.",\
            "reference":"RFC 9112 §2.1"}]},\
            "response":{"status":204,"reason":"No content","version":"HTTP/1.1",\
            "headers":[["Date","Tue, 03 May 2022 16:57:42 KST"]],\
            "bodyLength":0,"complete":true,"firstFrame":26,"lastFrame":26,\
            "time":"2026-11-22T21:37:28.000997Z",\
            "findings":[{"code":"bare-line-feed","severity":"warning","offset":23,"length":1,\
            "message":"The line ends with a line feed and no carriage return before it: \
            \\"HTTP/1.1 204 No content\\\\n\\"",\
            "reference":"RFC 9112 §2.2","occurrences":3}]},\
            "timing":{"connect":0.000021,"firstByte":0.000085,"total":0.00125},"findings":[]}

            """
        #expect(line(Samples.unterminatedPost) == expected)
    }

    @Test func `times, costs and what followed have members where they are known`() throws {
        var exchange = Samples.getIndex
        exchange.timing.connect = 20_050_000
        exchange.timing.serverRoundTrip = 20_000_000
        exchange.timing.blocked = 0
        exchange.timing.send = 1000
        exchange.transport.retransmissions = 2
        exchange.transport.responseBytesRepeated = 2920
        exchange.transport.zeroWindow = 300_000_000
        exchange.request?.wireLength = 69
        var traffic = SwitchedTraffic(name: "websocket")
        let (sent, received): ([UInt8], [UInt8]) = ([0x81, 0x82, 1, 2, 3, 4, 5, 6], [0x89, 0])
        traffic.client.take(sent.span, of: 8)
        traffic.server.take(received.span, of: 2)
        traffic.isCounted = true
        exchange.switchedTraffic = [traffic]
        let text = line(exchange)
        #expect(
            text.contains(
                #""timing":{"connect":0.02005,"serverRoundTrip":0.02,"clientRoundTrip":0.00005,"#
                    + #""observed":"client","blocked":0.0,"send":0.000001,"firstByte":0.000085,"#
                    + #""total":0.00125}"#
            )
        )
        #expect(
            text.contains(
                #","tcp":{"retransmissions":2,"responseBytesRepeated":2920,"zeroWindow":0.3},"#
            )
        )
        #expect(
            text.contains(
                #","switched":{"protocol":"websocket","#
                    + #""client":{"bytes":8,"frames":{"text":1},"masked":1},"#
                    + #""server":{"bytes":2,"frames":{"ping":1},"masked":0}},"#
            )
        )
        let request = try #require(try object(text)["request"] as? [String: Any])
        #expect(request["wireLength"] as? Int == 69)
    }

    @Test func `a missing half is null, and says why`() throws {
        var exchange = Samples.exchange(
            nil,
            Samples.getIndex.response,
            findings: [Finding(.responseWithoutRequest)]
        )
        exchange.absence = .requestNotCaptured
        let text = line(exchange)
        let value = try object(text)
        #expect(value["request"] is NSNull)
        #expect(value["absence"] as? String == "request-not-captured")
        #expect((value["timing"] as? [String: Any])?.isEmpty == true)
        #expect(text.contains(#""findings":[{"code":"response-without-request","severity""#))
        #expect(!text.contains(#""reference":"RFC 9112 §9.2","offset""#))
    }

    @Test func `trailers and interim responses appear where there are any`() throws {
        var exchange = Samples.getIndex
        exchange.interim = [Samples.message("HTTP/1.1 100 Continue\r\n\r\n", role: .response)]
        exchange.response?.head.trailerBytes = Array("X-Sum: 7\r\n\r\n".utf8)
        exchange.response?.head.trailerLines = [
            FieldLine(
                name: 0..<5,
                value: 7..<8,
                line: 0..<10,
                ending: .crlf,
                isFolded: false,
                hasColon: true
            )
        ]
        let value = try object(line(exchange))
        let interim = try #require(value["interim"] as? [[String: Any]])
        #expect(interim.first?["status"] as? Int == 100)
        let response = try #require(value["response"] as? [String: Any])
        #expect(response["trailers"] as? [[String]] == [["X-Sum", "7"]])
        let plain = try object(line(Samples.getIndex))
        #expect(plain["interim"] == nil)
    }

    @Test func `a folded value is shown on one line`() throws {
        let text = "GET / HTTP/1.1\r\nX: one \r\n\t two\n three\r\n\r\n"
        var request = Samples.message(text, role: .request)
        request.head.fieldLines = [
            FieldLine(
                name: 16..<17,
                value: 19..<37,
                line: 16..<39,
                ending: .crlf,
                isFolded: true,
                hasColon: true
            )
        ]
        #expect(line(Samples.exchange(request, nil)).contains(#"[["X","one two three"]]"#))
    }

    @Test func `what a message lacks is null`() throws {
        let request = Samples.message("GET /\r\n", role: .request)
        let response = Samples.message([], role: .response, content: [0x68, 0x69])
        let text = line(Samples.exchange(request, response))
        #expect(text.contains(#""response":{"status":null,"reason":null,"version":null,"headers""#))
        #expect(text.contains(#""version":null,"headers":[],"bodyLength":0"#))
        _ = try object(text)
    }

    @Test(arguments: [
        ("caf\u{E9}", #"café"#), ("\u{202E}gnp", #"\u202egnp"#), ("\u{9B}31m", #"\u009b31m"#),
        ("\u{E0041}", #"\udb40\udc41"#), ("\u{1F600}", "\u{1F600}"), (#"a"b\c"#, #"a\"b\\c"#),
        ("tab\tend of it", #"tab\tend of it"#), ("\u{7F}", #"\u007f"#),
        ("12345678\u{1}2345678", #"12345678\u00012345678"#), ("", ""),
    ])
    func `strings are escaped where they must be`(text: String, escaped: String) {
        #expect(Samples.text { $0.append(json: text.utf8.span) } == "\"\(escaped)\"")
    }

    @Test(
        arguments: [
            ([0xFF], #"\u00ff"#), ([0x61, 0xC3], #"a\u00c3"#), ([0xC0, 0x80], #"\u00c0\u0080"#),
            ([0xED, 0xA0, 0x80], #"\u00ed\u00a0\u0080"#), ([0xE2, 0x82], #"\u00e2\u0082"#),
            ([0xC3, 0xA9, 0xE9], #"é\u00e9"#),
        ] as [([UInt8], String)]
    )
    func `bytes that are not UTF-8 become code points`(bytes: [UInt8], escaped: String) {
        #expect(Samples.text { $0.append(json: bytes.span) } == "\"\(escaped)\"")
    }

    @Test(arguments: UInt8.min...UInt8.max)
    func `any byte in any place gives valid JSON and plain lines`(byte: UInt8) throws {
        for length in 0..<36 {
            let odd =
                Array(repeating: UInt8(ascii: "a"), count: length / 2) + [byte]
                + Array(repeating: UInt8(ascii: "b"), count: (length + 1) / 2 + 1) + [byte]
            var head = Array("GET /".utf8) + odd + Array(" HTTP/1.1\r\nX: ".utf8)
            let value = head.count..<head.count + odd.count
            head += odd + Array("\r\n\r\n".utf8)
            var request = Samples.message("GET / HTTP/1.1\r\n\r\n", role: .request)
            request.head.bytes = head
            request.head.startLine.target = 4..<5 + odd.count
            request.head.fieldLines = [
                FieldLine(
                    name: value,
                    value: value,
                    line: value,
                    ending: .crlf,
                    isFolded: false,
                    hasColon: true
                )
            ]
            let text = line(Samples.exchange(request, nil))
            let parsed = try #require(try object(text)["request"] as? [String: Any])
            let target = try #require(parsed["target"] as? String)
            // Alone, a byte from 0x80 on is never UTF-8.
            #expect(target.unicodeScalars.map(\.value) == [0x2F] + odd.map { UInt32($0) })
            #expect(text.utf8.dropLast().allSatisfy { $0 >= 0x20 && $0 != 0x7F })
        }
    }

    @Test func `the summary is one line with everything counted`() throws {
        var summary = TraceSummary()
        summary.frames = 52
        summary.findings = [.bareLineFeed: 7, .reset: 1]
        summary.ledger.payload = 10
        summary.ledger.message = 10
        summary.otherStreams = ["TLS": 2]
        summary.lostFrames = ["by the kernel": 3]
        summary.comments = [.init(frame: 7, text: "a \"b\""), .init(frame: nil, text: "c")]
        let text = Samples.text { JSONLinesRenderer().render(summary, into: &$0) }
        #expect(text.hasPrefix(#"{"type":"summary","frames":52,"streams":0,"exchanges":0,"#))
        #expect(text.contains(#""findings":{"bare-line-feed":7,"reset":1}"#))
        #expect(text.contains(#""otherStreams":{"TLS":2},"lostFrames":{"by the kernel":3},"#))
        #expect(text.hasSuffix(#""comments":[{"frame":7,"text":"a \"b\""},{"text":"c"}]}"# + "\n"))
        _ = try object(text)
    }
}
