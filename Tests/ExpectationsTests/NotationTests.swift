import Expectations
import Findings
import Support
import Testing
import Trace

@Suite struct NotationTests {
    @Test func `the lines of the documentation are read`() throws {
        let text = """
            # method target -> status [with finding]… ; * is anything
            GET   /index.txt  -> 200
            POST  /           -> 204  with unterminated-header-section
            PATCH /           -> 505  with unsupported-version, bare-line-feed

            *     *           -> *
            """
        let exchanges = try TraceExpectation(parsing: text).exchanges
        #expect(
            exchanges.map(\.summary) == [
                "GET /index.txt -> 200", "POST / -> 204 with unterminated-header-section",
                "PATCH / -> 505 with unsupported-version, bare-line-feed", "* * -> *",
            ]
        )
        #expect(exchanges.map(\.line) == [2, 3, 4, 6])
    }

    /// What is written, and what is written of what was read.
    @Test(arguments: [
        ("GET / -> 200", "GET / -> 200"),
        ("GET|HEAD / → 200|304", "GET|HEAD / -> 200|304"),
        ("GET /a*b?c=* -> 2xx", "GET /a*b?c=* -> 2xx"),
        ("GET / -> 40x", "GET / -> 40x"),
        ("GET / -> 200-204", "GET / -> 200-204"),
        ("GET / -> xxx", "GET / -> xxx"),
        ("GET / -> 200|*", "GET / -> *"),
        ("GET / -> 200|none", "GET / -> 200|none"),
        ("GET / -> none", "GET / -> none"),
        ("GET / -> ?", "GET / -> ?"),
        ("none -> 408", "none -> 408"),
        (#"OPTIONS \* -> 200"#, #"OPTIONS \* -> 200"#),
        (#"GET "/a b" -> 200"#, #"GET "/a b" -> 200"#),
        (#"GET "" -> 200"#, #"GET "" -> 200"#),
        (#""none" / -> 200"#, #""none" / -> 200"#),
        (#"M\|N / -> 200"#, #""M|N" / -> 200"#),
        (#"GET /\xff\x00\r -> 200"#, #"GET /\xff\x00\r -> 200"#),
        (#"GET /a\x62 -> 200"#, "GET /ab -> 200"),
        ("GET /é -> 200", "GET /é -> 200"),
        ("GET / -> 200 with reset,retransmission", "GET / -> 200 with reset, retransmission"),
        ("GET / -> 200 with reset , retransmission", "GET / -> 200 with reset, retransmission"),
        ("GET / -> 200 with reset with *", "GET / -> 200 with reset, *"),
        ("GET / -> 200 without warning", "GET / -> 200 without warning"),
        ("GET / -> 200 times 3", "GET / -> 200 times 3"),
        ("GET / -> 200 times 2-5 with *", "GET / -> 200 with * times 2-5"),
        ("GET / -> 200 times 2+", "GET / -> 200 times 2+"),
        ("GET / -> 200 times *", "GET / -> 200 times *"),
        ("...", "..."), ("…", "..."),
        ("nothing  unclaimed", "nothing unclaimed"), ("nothing missing", "nothing missing"),
        ("GET / -> 200 # why", "GET / -> 200"), ("GET /#a -> 200", "GET /#a -> 200"),
        ("\u{FEFF}GET / -> 200\r", "GET / -> 200"),
    ])
    func `a line is read`(text: String, written: String) throws {
        #expect(try TraceExpectation(parsing: text).notation == written + "\n")
    }

    @Test(arguments: [
        ("request Host: 127.0.0.1:*", "request Host: 127.0.0.1:*"),
        ("request Host:x", "request Host: x"),
        ("response X: *", "response X: *"),
        (#"response X: """#, #"response X: """#),
        (#"response X: " a ""#, #"response X: " a ""#),
        ("response X: a  # why", "response X: a"),
        (##"response X: "a # b""##, ##"response X: "a # b""##),
        (#"response X: a "b" c"#, #"response X: a "b" c"#),
        ("response no Set-Cookie", "response no Set-Cookie"),
        (#"response content "a\n*\*""#, #"response content "a\n*\*""#),
        ("response content Hello*", #"response content "Hello*""#),
        ("response Content: x", "response Content: x"),
        ("response length 13", "response length 13"),
        ("response length 1+", "response length 1+"),
        ("request version HTTP/1.0", "request version HTTP/1.0"),
        ("response reason Not Found", "response reason Not Found"),
        ("request complete", "request complete"), ("request incomplete", "request incomplete"),
        ("interim 100, 1xx", "interim 100, 1xx"), ("interim none", "interim none"),
        ("connection new", "connection new"), ("connection reused", "connection reused"),
        ("because connection-reset", "because connection-reset"),
        ("server 127.0.0.1:8000", "server 127.0.0.1:8000"), ("client [::1]:*", "client [::1]:*"),
        ("total within 1500ms", "total within 1500ms"),
        ("first-byte at least 10ms within 2m", "first-byte at least 10ms within 2m"),
        ("within 250us", "total within 250us"),
    ])
    func `a condition is read`(text: String, written: String) throws {
        let expectation = try TraceExpectation(parsing: "GET / -> 200\n    \(text)\n")
        #expect(expectation.notation == "GET / -> 200\n    \(written)\n")
        // What was written is read as the same.
        #expect(try TraceExpectation(parsing: expectation.notation) == expectation)
    }

    @Test func `clauses may stand on lines of their own`() throws {
        let text = "GET / -> 200\n  with reset,\n    retransmission\n  times 3 without error"
        #expect(throws: ExpectationFileErrors.self) { try TraceExpectation(parsing: text) }
        let other = "GET / -> 200\n  with reset, retransmission\n  times 3 without error"
        let expectation = try TraceExpectation(parsing: other)
        #expect(
            expectation.notation
                == "GET / -> 200 with reset, retransmission without error times 3\n"
        )
    }

    @Test func `indented lines belong to what stands above them`() throws {
        let text = """
            GET /a -> 200
            in any order:
              GET /b -> 200
                response X: y
              # a comment
              GET /c -> 200

            GET /d -> 200
              request no Cookie
            """
        let expectation = try TraceExpectation(parsing: text)
        #expect(
            expectation.notation == """
                GET /a -> 200
                in any order:
                    GET /b -> 200
                        response X: y
                    GET /c -> 200
                GET /d -> 200
                    request no Cookie

                """
        )
        #expect(expectation.elements.count == 3)
    }

    /// A text, and where which sentence begins.
    @Test(arguments: [
        ("GET / 200", 1, 7, 3, "An exchange is METHOD target -> status"),
        ("\n\nGET /", 3, 6, 0, "An exchange is METHOD target -> status"),
        ("GET -> 200", 1, 1, 3, "METHOD and target stand before the arrow, or none."),
        ("-> 200", 1, 1, 0, "METHOD and target stand"),
        ("GET /a b -> 200", 1, 8, 1, "A target with blanks"),
        ("GET / ->", 1, 9, 0, "The status is missing"),
        ("GET / -> 2000", 1, 10, 4, "A status is"),
        ("GET / -> 20", 1, 10, 2, "A status is"), ("GET / -> 2x0", 1, 10, 3, "A status is"),
        ("GET / -> 300-200", 1, 10, 7, "A status is"),
        ("GET / -> 200 wiht reset", 1, 14, 4, "Here stands with"),
        ("GET / -> 200 with", 1, 18, 0, "A finding is missing"),
        ("GET / -> 200 with reset,", 1, 25, 0, "A finding is missing"),
        (
            "POST / -> 204 with reset, bare-linefeed", 1, 27, 13,
            "There is no finding \"bare-linefeed\". Did you mean bare-line-feed?"
        ),
        ("GET / -> 200 with reset,bare-linefeed", 1, 25, 13, "There is no finding"),
        ("GET / -> 200 with ,", 1, 19, 0, "There is no finding"),
        ("GET / -> 200 times 0", 1, 20, 1, "What must not be there"),
        ("GET / -> 200 times -1", 1, 20, 2, "This tells how often"),
        ("GET / -> 200 times", 1, 19, 0, "A number is missing"),
        ("GET / -> 200 within 3", 1, 21, 1, "A time is a number with"),
        ("GET / -> 200 within", 1, 20, 0, "A time is missing"),
        ("GET \"/a -> 200", 1, 5, 10, "The quote is not closed"),
        (#"GET /\q -> 200"#, 1, 6, 2, "There is no such escape"),
        (#"GET /\x4 -> 200"#, 1, 6, 3, "\\x is followed by two"),
        (#"GET "/é"x -> 200"#, 1, 9, 1, "Nothing stands behind the quote"),
        ("  GET / -> 200\n    GET /b -> 200", 2, 5, 3, "An indented line begins with"),
        ("GET / -> 200\nin any order:\nGET / -> 200", 2, 14, 0, "The exchanges that may come"),
        ("...\n  request no X", 2, 3, 7, "The line is indented"),
        ("nothing else", 1, 13, 0, "An exchange is METHOD"),
        ("GET / -> 200\n\tresponse", 2, 10, 0, "Of a message one asks"),
        ("GET / -> 200\n  response no Set Cookie", 2, 19, 6, "The line should end"),
        ("GET / -> 200\n  response length many", 2, 19, 4, "This tells how many"),
        ("GET / -> 200\n  request reason X", 2, 11, 6, "Of a message one asks"),
        ("GET / -> 200\n  response X:", 2, 14, 0, "A value is missing"),
        ("GET / -> 200\n  response X: \"a", 2, 15, 2, "The quote is not closed"),
        ("GET / -> 200\n  total", 2, 8, 0, "A bound is missing"),
        ("GET / -> 200\n  total at most 2s", 2, 12, 4, "Here stands least"),
        ("GET / -> 200\n  total at least 2s within 1s", 2, 9, 2, "No time is at least"),
        ("GET / -> 200\n  because of", 2, 11, 2, "A message is missing because of one of"),
        ("GET / -> 200\n  interim", 2, 10, 0, "A status is missing"),
        ("GET / -> 200\n  connection old", 2, 14, 3, "A connection is new or reused"),
    ])
    func `an error says where it is`(
        text: String,
        line: Int,
        column: Int,
        length: Int,
        message: String
    ) throws {
        let failure = try #require(throws: ExpectationFileErrors.self) {
            try TraceExpectation(parsing: text)
        }
        #expect(failure.errors.count == 1)
        let error = try #require(failure.errors.first)
        #expect("\(error.line):\(error.column)+\(error.length)" == "\(line):\(column)+\(length)")
        #expect(error.message.hasPrefix(message), "\(error.message)")
    }

    @Test func `all errors are told, and none of them twice`() throws {
        let text = "GET /\n  response nonsense\nPOST / -> 204\n  response X: y\nPUT\n"
        let failure = try #require(throws: ExpectationFileErrors.self) {
            try TraceExpectation(parsing: text)
        }
        #expect(failure.errors.map(\.line) == [1, 2, 5])
    }

    @Test func `an error quotes the line and marks the place`() throws {
        let failure = try #require(throws: ExpectationFileErrors.self) {
            try TraceExpectation(parsing: "GET / -> 200\nPOST\t/ -> 204 with bare-linefeed")
        }
        #expect(
            failure.description(ofFile: "my.spec") == """
                my.spec:2:20: There is no finding "bare-linefeed". Did you mean bare-line-feed?
                    POST / -> 204 with bare-linefeed
                                       ^^^^^^^^^^^^^
                """
        )
    }

    @Test func `what is written of any expectation is read as the same`() throws {
        var generator = SeededGenerator(seed: 11)
        let bytes: [UInt8?] = [nil] + Array(" \t\r\n\"\\|#*-> none:é\u{0}\u{7F}ab".utf8) + [0xFF]
        // An accent makes one character with what is in front of it, a quote too.
        let accent: [UInt8?] = Array("\u{301}".utf8)
        let alphabet = bytes.map { [$0] } + [accent, accent]
        func text() -> TextPattern {
            TextPattern(
                elements: (0..<Int.random(in: 0...6, using: &generator)).flatMap { _ in
                    alphabet.randomElement(using: &generator) ?? []
                }
            )
        }
        for _ in 0..<2000 {
            var exchange = ExpectedExchange(text(), text(), 200)
            exchange.request = .line(methods: [text(), text()], target: text())
            exchange.conditions = [
                .response(.field("X", text())), .request(.content(text())),
                .response(.reason(text())), .request(.version(text())),
            ]
            var read = try TraceExpectation(parsing: TraceExpectation([exchange]).notation)
            guard case .exchange(var first)? = read.elements.first else {
                Issue.record("no exchange in \(TraceExpectation([exchange]).notation)")
                continue
            }
            first.line = nil
            read.elements = [.exchange(first)]
            #expect(read == TraceExpectation([exchange]))
        }
    }
}
