import Findings
import HTTPWire
import Packets
import Testing
import Trace
import TraceOutput

@Suite struct PairRendererTests {
    @Test func `times, costs and what followed stand in brackets`() {
        var exchange = Samples.getIndex
        exchange.timing.connect = 20_050_000
        exchange.timing.serverRoundTrip = 20_000_000
        exchange.timing.send = 0
        exchange.timing.wait = exchange.timing.firstByte
        exchange.timing.receive = 1_165_000
        exchange.request?.wireLength = 69
        exchange.response?.wireLength = 1234
        exchange.transport.retransmissions = 2
        exchange.transport.responseBytesRepeated = 2920
        var traffic = SwitchedTraffic(name: "websocket")
        let (sent, received): ([UInt8], [UInt8]) = ([0x81, 0x82, 1, 2, 3, 4, 5, 6], [0x89, 0])
        traffic.client.take(sent.span, of: 8)
        traffic.server.take(received.span, of: 3)
        traffic.isCounted = true
        exchange.switchedTraffic = [traffic]
        let text = Samples.text { buffer in
            var renderer = PairRenderer()
            renderer.render(exchange, into: &buffer)
        }
        let notes = """
                [sent 69 bytes, received 1,234 bytes, connect 20.1 ms, receive 1.17 ms,
                 sent again: 2 segments, 2,920 bytes, captured at the client]
                [Then websocket: client 8 bytes, 1 text; server 3 bytes, then frames that \
            could not be counted]

            """
        #expect(text.contains(notes))
    }

    private func pair(
        _ exchange: Exchange,
        width: Int = 80,
        bodies: BodyDisplay = .text,
        colour: Bool = false
    ) -> String {
        var options = OutputOptions()
        options.width = width
        options.bodies = bodies
        options.usesColor = colour
        return Samples.text { buffer in
            var renderer = ExchangeRenderer(format: .pairs, options: options)
            renderer.header(into: &buffer)
            renderer.render(exchange, into: &buffer)
        }
    }

    @Test func `what many lines say is told once, and marked in each`() {
        let fields = (1...40).map { "Name\($0) : value\r\n" }.joined()
        let head = "GET / HTTP/1.1\r\n\(fields)\r\n"
        var request = Samples.message(head, role: .request)
        request.head.findings = (1...40).map { number in
            let name = Array("Name\(number) :".utf8)
            let line = Array(head.utf8).firstRange(of: name) ?? 0..<0
            return Finding(.whitespaceBeforeColon, bytes: line.upperBound - 2..<line.upperBound - 1)
        }
        let lines = pair(Samples.exchange(request, nil)).split(separator: "\n")
        let labels = lines.filter { $0.contains(" whitespace-before-colon ") }
        #expect(labels.count == 1)
        #expect(labels.first?.hasSuffix(", and 39 more like it") == true)
        #expect(lines.count { $0.allSatisfy { " ^".contains($0) } } == 40)
        // Few enough are told each.
        request.head.findings.removeLast(37)
        let few = pair(Samples.exchange(request, nil)).split(separator: "\n")
        #expect(few.count { $0.contains(" whitespace-before-colon ") } == 3)
    }

    @Test func `a long target is shown whole once`() {
        let target = "/" + String(repeating: "long/", count: 600)
        let request = Samples.message("GET \(target) HTTP/1.1\r\n\r\n", role: .request)
        let shown = pair(Samples.exchange(request, nil))
        #expect(shown.contains("    GET \(target) HTTP/1.1\\r\\n\n"))
        let start = target.prefix(64)
        #expect(shown.contains("        Request URI: \(start)… (3,001 bytes)\n"))
    }

    @Test func `whom a proxy speaks for stands below the heading`() {
        var exchange = Samples.getIndex
        let client = Endpoint(address: IPAddress(version4: 0xCB00_7109), port: 40_000)
        exchange.proxyHeaders = [ProxyHeader(version: 2, client: client, server: exchange.server)]
        let told = "PROXY protocol, version 2: for 203.0.113.9:40000 → 127.0.0.1:8080"
        #expect(pair(exchange).split(separator: "\n").dropFirst(2).first.map(String.init) == told)
        exchange.proxyHeaders = [ProxyHeader(version: 1)]
        #expect(pair(exchange).contains("\nPROXY protocol, version 1: it does not say for whom\n"))
    }

    @Test(arguments: [(80, 80), (200, 100)])
    func `the report's first exchange in full`(width: Int, rule: Int) {
        let expected = #"""
            Stream 0, exchange 0  127.0.0.1:51234 → 127.0.0.1:8080  first byte 85 µs
            RULE
            Request, frame 4, 2026-11-22T21:37:28.000912Z
            Hypertext Transfer Protocol
                GET /index.txt HTTP/1.1 \r\n
                                       ^
                    warning extra-whitespace (RFC 9112 §3)
                      White space stands where the grammar allows none.
                    Request Method: GET
                    Request URI: /index.txt
                    Request Version: HTTP/1.1
                Host: 127.0.0.1\r\n
                Connection: Keep-Alive \n
                                       ^^
                    warning mixed-line-endings (RFC 9112 §2.2)
                      Some lines of the message end with CR LF, others with LF alone.
                    warning bare-line-feed (RFC 9112 §2.2), 2 times
                      The line ends with a line feed and no carriage return before it.
                \n
                [Response in frame: 6]

            Response, frames 6-8, 2026-11-22T21:37:28.000997Z
            Hypertext Transfer Protocol
                HTTP/1.1 200 OK\n
                               ^^
                    warning bare-line-feed (RFC 9112 §2.2), 4 times
                      The line ends with a line feed and no carriage return before it.
                    Response Version: HTTP/1.1
                    Status Code: 200
                    Response Phrase: OK
                Date: Tue, 03 May 2022 16:57:42 KST\n
                Server: 127.0.0.1\n
                \n
                Content: 13 bytes until the connection closed
                    Hello World!\n
                    note no-content-length-until-close (RFC 9112 §6.3), at byte 71
                      No length and no chunks: the close of the connection ends the content.
                [Request in frame: 4]
                [Time since request: 85 µs]

            Exchange and connection
                note missing-handshake (RFC 9293 §3.5)
                  The beginning of the connection is not in the capture.


            """#
        let line = String(repeating: "─", count: rule)
        let shown = pair(Samples.getIndex, width: width)
        #expect(shown == expected.replacing("RULE", with: line))
        #expect(shown.split(separator: "\n").allSatisfy { $0.unicodeScalars.count <= width })
    }

    @Test func `an unterminated header section says so at its end`() {
        let text = pair(Samples.unterminatedPost)
        #expect(
            text.contains(
                #"""
                    Connection: Keep-Alive\r\n
                        error unterminated-header-section (RFC 9112 §2.1)
                          The header section stops without the blank line that ends it.
                    [Message incomplete]
                    [Response in frame: 26]

                """#
            )
        )
    }

    @Test(arguments: [
        (Absence.connectionClosed, "Response: no response before the connection closed\n"),
        (.connectionReset, "Response: no response before the connection was reset\n"),
        (.captureEnded, "Response: no response before the capture ended\n"),
        (.responseNotCaptured, "Response: response not in the capture\n"),
    ])
    func `a missing response says why`(absence: Absence, line: String) {
        var exchange = Samples.exchange(Samples.getIndex.request, nil)
        exchange.absence = absence
        #expect(pair(exchange).contains(line))
    }

    @Test func `a missing request says why`() {
        var exchange = Samples.exchange(nil, Samples.getIndex.response)
        exchange.absence = .requestNotCaptured
        let text = pair(exchange)
        #expect(text.contains("Request: request not in the capture\n"))
        #expect(!text.contains("[Request in frame"))
    }

    @Test func `trailer findings stand under their line`() {
        var exchange = Samples.getIndex
        exchange.response?.head.trailerBytes = Array("X-Sum : 7\n".utf8)
        exchange.response?.head.trailerOffset = 100
        exchange.response?.head.trailerLines = [
            FieldLine(
                name: 0..<5,
                value: 8..<9,
                line: 0..<10,
                ending: .lineFeed,
                isFolded: false,
                hasColon: true
            )
        ]
        exchange.response?.head.findings.append(
            Finding(.whitespaceBeforeColon, bytes: 105..<106)
        )
        #expect(
            pair(exchange).contains(
                #"""
                    Trailer section
                    X-Sum : 7\n
                         ^
                        error whitespace-before-colon
                """#
            )
        )
    }

    @Test func `long content says how much is not shown`() {
        let lines = (1...60).map { "line \($0)\n" }.joined()
        var response = Samples.message(
            "HTTP/1.1 200 OK\r\n\r\n",
            role: .response,
            content: lines,
            framing: .length(10_000)
        )
        response.contentLength = 10_000
        let exchange = Samples.exchange(nil, response)
        let text = pair(exchange)
        #expect(text.contains("line 40\\n\n        [160 more bytes not shown; --bodies all"))
        #expect(text.contains("[9,529 more bytes were counted and not kept]"))
        let all = pair(exchange, bodies: .all)
        #expect(all.contains("line 60\\n\n        [9,529 more"))
        let none = pair(exchange, bodies: .none)
        #expect(none.contains("Content: 10,000 bytes\n\n"))
    }

    @Test func `content that is not text is shown in hexadecimal`() {
        let response = Samples.message(
            Array("HTTP/1.1 200 OK\r\n\r\n".utf8),
            role: .response,
            content: Array(0...255),
            framing: .length(256)
        )
        let text = pair(Samples.exchange(nil, response))
        #expect(text.contains("Content: 256 bytes, not text\n        0000  00 01 02"))
        #expect(text.contains("[192 more bytes not shown"))
        #expect(pair(Samples.exchange(nil, response), bodies: .all).contains("00f0  f0 f1"))
        #expect(pair(Samples.getIndex, bodies: .hex).contains("0000  48 65 6c 6c 6f"))
    }

    @Test(arguments: UInt8.min...UInt8.max, BodyDisplay.allCases)
    func `no byte from the wire steers the terminal`(byte: UInt8, bodies: BodyDisplay) {
        for odd in [[byte], [0xC2, byte], [0xE2, 0x80, byte], [0xF3, 0xA0, 0x80, byte]] {
            let head = Array("GET /".utf8) + odd + Array(" HTTP/1.1\r\nX: ".utf8) + odd
            let message = Samples.message(
                head + Array("\r\n\r\n".utf8),
                role: .request,
                content: Array("text text text text text text text text\n".utf8) + odd,
                framing: .untilClose,
                findings: [Finding(.invalidFieldValue, bytes: 5..<head.count)]
            )
            let exchange = Samples.exchange(message, nil)
            for scalar in pair(exchange, bodies: bodies).unicodeScalars {
                #expect(isHarmless(scalar))
            }
            for scalar in ListRendererTests.rows([exchange], width: 80).unicodeScalars {
                #expect(isHarmless(scalar))
            }
        }
    }

    private func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control: scalar == "\n"
        case .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: false
        default: true
        }
    }

    @Test func `colour changes nothing but colour`() {
        let coloured = pair(Samples.unterminatedPost, colour: true)
        #expect(coloured.contains("\u{1B}[31merror unterminated-header-section\u{1B}[0m"))
        #expect(coloured.contains("\u{1B}[1mPOST\u{1B}[0m / HTTP/1.1"))
        let plain = coloured.replacing(#/\x1B\[[0-9]+m/#, with: "")
        #expect(plain == pair(Samples.unterminatedPost))
    }

    @Test func `the summary counts what was found and what was not HTTP`() {
        var summary = TraceSummary()
        summary.frames = 12_345
        summary.findings = [.bareLineFeed: 7, .unterminatedHeaderSection: 1]
        summary.unusedFrames = ["ARP": 4, "UDP": 120]
        summary.lostFrames = ["by the kernel": 3]
        summary.comments = [.init(frame: 7, text: "a\u{1B}b")]
        summary.commentsLeftOut = 1200
        let text = Samples.text {
            ExchangeRenderer(format: .pairs).summary(summary, into: &$0)
        }
        #expect(text.contains("Frames                                             12,345\n"))
        #expect(
            text.contains(
                """
                Findings
                  error   unterminated-header-section                   1
                  warning bare-line-feed                                7
                """
            )
        )
        #expect(
            text.contains(
                """
                Frames without a usable TCP segment                   124
                  UDP                                                 120
                  ARP                                                   4

                Every TCP stream was HTTP/1.

                Frames lost while capturing                             3
                  by the kernel                                         3

                Comments in the capture
                  frame 7: a\\x1bb
                  and 1,200 more
                """
            )
        )
    }
}
