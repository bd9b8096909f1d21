import HTTPWire
import Support
import Testing
import Trace
import TraceOutput

/// Content in pairs: what somebody at a terminal of 80 columns sees below the `Content` line.
@Suite struct ContentRendererTests {
    private func response(
        _ content: [UInt8],
        _ fields: String,
        framing: ContentFraming = .chunked
    ) -> Exchange {
        let head = "HTTP/1.1 200 OK\r\n" + fields + "\r\n"
        let message = Samples.message(
            Array(head.utf8),
            role: .response,
            content: content,
            framing: framing
        )
        return Samples.exchange(nil, message)
    }

    /// The lines from `Content:` on.
    private func shown(
        _ exchange: Exchange,
        bodies: BodyDisplay? = nil,
        limit: Int? = nil
    ) -> [String] {
        var options = OutputOptions()
        options.bodies = bodies
        options.decodedLimit = limit
        let text = Samples.text { buffer in
            var renderer = ExchangeRenderer(format: .pairs, options: options)
            renderer.render(exchange, into: &buffer)
        }
        let lines = text.split(separator: "\n").map(String.init)
        return lines.drop { !$0.hasPrefix("    Content: ") }.map { String($0.dropFirst(4)) }
    }

    private func shown(
        _ content: [UInt8],
        _ fields: String,
        bodies: BodyDisplay? = nil,
        limit: Int? = nil
    ) -> [String] {
        shown(response(content, fields), bodies: bodies, limit: limit)
    }

    private static let gzipped = compress(Array("Hello World!\n".utf8), .gzip)

    @Test func `of a line without end the beginning is shown`() {
        let text = Array(String(repeating: "var a=1;", count: 5000).utf8)
        let lines = shown(text + Array("\nshort\n".utf8), "Content-Type: text/javascript\r\n")
        #expect(lines[1] == "    " + String(repeating: "var a=1;", count: 64) + "…")
        #expect(lines[2] == "    [39,495 more bytes not shown; --bodies all shows them]")
        let all = shown(text, "Content-Type: text/javascript\r\n", bodies: .all)
        #expect(all[1].count == 4 + 40_000)
    }

    @Test func `lines behind a long one are shown too`() {
        let text = Array("\(String(repeating: "가", count: 300))\nshort\n".utf8)
        let lines = shown(text, "Content-Type: text/plain; charset=utf-8\r\n")
        #expect(lines[1] == "    " + String(repeating: "가", count: 170) + "…")
        #expect(lines[2] == #"    short\n"#)
        #expect(lines[3] == "    [391 more bytes not shown; --bodies all shows them]")
    }

    @Test func `coded content is shown decoded`() {
        let lines = shown(Self.gzipped, "Content-Encoding: gzip\r\n")
        #expect(
            lines == [
                "Content: 33 bytes in chunks", "    [Content decoded: gzip, 33 -> 13 bytes]",
                #"    Hello World!\n"#,
            ]
        )
    }

    @Test func `each coding of a chain has its line`() {
        let chain = compress(compressZlib(Array("Hello World!\n".utf8)), .gzip)
        let fields = "Content-Encoding: deflate\r\nTransfer-Encoding: gzip, chunked\r\n"
        let lines = shown(chain, fields)
        #expect(lines[1] == "    [Transfer coding decoded: gzip, 42 -> 21 bytes]")
        #expect(lines[2] == "    [Content decoded: deflate, 21 -> 13 bytes]")
        #expect(lines[3] == #"    Hello World!\n"#)
    }

    @Test func `damage is said beside what could be decoded`() {
        var damaged = Self.gzipped
        damaged[damaged.count - 6] ^= 1
        let lines = shown(damaged, "Content-Encoding: gzip\r\n")
        #expect(lines[1] == "    [Content decoded: gzip, 33 -> 13 bytes]")
        #expect(lines[2] == "    [gzip fails at byte 29: incorrect data check]")
        #expect(lines[3] == #"    Hello World!\n"#)
    }

    @Test(arguments: [
        ("gzip", "gzip cannot be decoded, shown as it is: incorrect header check"),
        ("lzma", "not decoded, shown as it is: lzma is not known"),
        ("a\u{1B}[2J", "not decoded, shown as it is: a\\x1b[2J is not known"),
    ])
    func `what is not decoded is shown as it is`(coding: String, note: String) {
        let lines = shown(Array("plain text\n".utf8), "Content-Encoding: \(coding)\r\n")
        #expect(lines[1] == "    [\(note)]")
        #expect(lines[2] == #"    plain text\n"#)
    }

    @Test func `content under a wrong name and with bytes behind it`() {
        let lines = shown(Self.gzipped + [0x58], "Content-Encoding: deflate\r\n")
        #expect(lines[1] == "    [Content decoded: deflate, which is gzip, 34 -> 13 bytes]")
        #expect(lines[2] == "    [1 byte follows the end of deflate]")
    }

    @Test func `coded content that was kept in part is no mistake of the sender`() {
        let cut = Array(Self.gzipped.prefix(25))
        #expect(shown(cut, "Content-Encoding: gzip\r\n")[2] == "    [gzip ends too early]")
        var exchange = response(cut, "Content-Encoding: gzip\r\n")
        exchange.response?.contentLength = 33
        let lines = shown(exchange)
        #expect(lines[2] == "    [gzip goes on in content that is not here]")
        #expect(lines.last == "    [8 more bytes were counted and not kept]")
    }

    @Test func `a bomb is said to be one`() {
        let bomb = compress([UInt8](repeating: 0x61, count: 32 << 20), .gzip)
        let lines = shown(bomb, "Content-Encoding: gzip\r\nContent-Type: text/plain\r\n")
        #expect(
            lines[2]
                == "    [decoded no further: more than 200 times longer than what was sent]"
        )
        let limited = shown(bomb, "Content-Encoding: gzip\r\n", limit: 5)
        #expect(limited[2] == "    [decoded no further: --decoded-limit is reached]")
        #expect(limited[3] == "    aaaaa")
    }

    @Test func `hex shows the bytes as they were sent`() {
        let lines = shown(Self.gzipped, "Content-Encoding: gzip\r\n", bodies: .hex)
        #expect(lines[0] == "Content: 33 bytes in chunks, not text")
        #expect(lines[1] == "    [as sent, before content decoding]")
        #expect(lines[2].hasPrefix("    0000  1f 8b 08 "))
        #expect(
            shown(Self.gzipped, "Content-Encoding: gzip\r\n", bodies: BodyDisplay.none)
                == ["Content: 33 bytes in chunks"]
        )
    }

    @Test func `JSON is laid out, its letters shown and its other escapes as they are`() {
        let json = #"{"a":[1,"\u00e9\n"],"b":"\#u{202E}"}"#
        let lines = shown(Array(json.utf8), "Content-Type: application/problem+json\r\n")
        #expect(
            lines == [
                "Content: 30 bytes in chunks, JSON", "    {", #"      "a": ["#, "        1,",
                #"        "é\n""#, "      ],", #"      "b": "\xe2\x80\xae""#, "    }",
            ]
        )
    }

    @Test(arguments: [
        ("{\"a\":}", "    [not JSON at byte 5, shown as it is]", "    {\"a\":}"),
        ("{\"a\":", "    [JSON ends too early]", "    {"),
        (
            String(repeating: "[", count: 100_000),
            "    [JSON nested more than 256 deep, shown as it is]",
            "    " + String(repeating: "[", count: 512) + "…"
        ),
    ])
    func `what is not whole JSON is said to be`(json: String, note: String, first: String) {
        let lines = shown(Array(json.utf8), "Content-Type: application/json\r\n")
        #expect(lines[1] == note)
        #expect(lines[2] == first)
    }

    @Test func `JSON that would be too long laid out is shown as it is`() {
        let json = "[" + Array(repeating: "1", count: 100).joined(separator: ",") + "]"
        let fields = "Content-Type: application/json\r\n"
        let lines = shown(Array(json.utf8), fields, bodies: .all, limit: 300)
        #expect(lines[1] == "    [too long to be laid out: --decoded-limit]")
        #expect(lines[2] == "    " + json)
        #expect(shown(Array(json.utf8), fields, bodies: .all).count == 103)
    }

    @Test(arguments: ["", "x", "xx", "xxx"], [BodyDisplay.text, .all])
    func `no limit cuts a character in two`(shift: String, bodies: BodyDisplay) {
        let text = shift + String(repeating: "😀€é", count: 400)
        for (type, content) in [
            ("text/plain", text), ("application/json", "[\"" + text + "\"]"),
            ("application/x-www-form-urlencoded", "a=" + text),
        ] {
            let fields = "Content-Type: " + type + "\r\n"
            for limit in [64 << 20, 100, 101, 102] {
                let lines = shown(Array(content.utf8), fields, bodies: bodies, limit: limit)
                #expect(lines.allSatisfy { !$0.contains(#"\x"#) }, "\(type), \(limit)")
            }
        }
        let odd = [UInt8](repeating: 0xA1, count: 3000)
        let lines = shown(odd, "Content-Type: text/plain; charset=x-tis-620\r\n")
        #expect(lines.last == "    [2,488 more bytes not shown; --bodies all shows them]")
    }

    @Test func `a form is shown by its items`() {
        let form = "name=J%C3%BCrgen+M&empty=&flag&bad=%zz&esc=%1B%5B2J"
        let lines = shown(Array(form.utf8), "Content-Type: application/x-www-form-urlencoded\r\n")
        #expect(
            lines == [
                "Content: 51 bytes in chunks, form", #"    Form item: "name" = "Jürgen M""#,
                #"    Form item: "empty" = """#, #"    Form item: "flag""#,
                #"    Form item: "bad" = "%zz""#, #"    Form item: "esc" = "\x1b[2J""#,
                "    [1 percent sign without two hexadecimal digits]",
            ]
        )
        let many = String(repeating: "a=1&", count: 100)
        let fields = "Content-Type: application/x-www-form-urlencoded\r\n"
        let some = shown(Array(many.utf8), fields)
        #expect(some.last == "    [60 more items not shown; --bodies all shows them]")
        #expect(shown(Array(many.utf8), fields, bodies: .all).count == 101)
    }

    private static let multipart = """
        --b\r\nContent-Disposition: form-data; name="a"\r\n\r\nhello\r\n--b\r\n\
        Content-Disposition: form-data; name="f"\r\nContent-Type: image/png\r\n\r\n\
        \u{1}\u{2}\r\n--b--\r\n
        """

    @Test func `multipart is shown in parts`() {
        let fields = "Content-Type: multipart/form-data; boundary=b\r\n"
        let lines = shown(Array(Self.multipart.utf8), fields)
        #expect(
            lines == [
                "Content: 141 bytes in chunks, multipart", "    [Part 1: 5 bytes]",
                #"    Content-Disposition: form-data; name="a"\r\n"#, "    hello",
                "    [Part 2: 2 bytes, image/png]",
                #"    Content-Disposition: form-data; name="f"\r\n"#,
                #"    Content-Type: image/png\r\n"#,
                "    0000  01 02" + String(repeating: " ", count: 45) + "..",
            ]
        )
        let open = shown(Array(Self.multipart.utf8.dropLast(9)), fields)
        #expect(open.last == "    [the last boundary is missing]")
        let other = shown(Array("hello".utf8), fields)
        #expect(other[1] == "    [no line is the boundary, shown as it is]")
        #expect(other[2] == "    hello")
        let none = shown(Array("hello".utf8), "Content-Type: multipart/mixed\r\n")
        #expect(none[1] == "    [no boundary in the Content-Type, shown as it is]")
    }

    @Test func `many and deep parts are counted, and few shown`() {
        let fields = "Content-Type: multipart/mixed; boundary=b\r\n"
        let many = String(repeating: "--b\r\n\r\nx\r\n", count: 50_000) + "--b--"
        let lines = shown(Array(many.utf8), fields)
        #expect(lines.count < 60)
        #expect(lines.last == "    [49,980 more parts not shown; --bodies all shows them]")
        var deep = "x"
        for level in 0..<50 {
            deep =
                "--b\(level)\r\nContent-Type: multipart/mixed; boundary=b\(level - 1)\r\n\r\n"
                + "\(deep)\r\n--b\(level)--"
        }
        let nested = shown(
            Array(deep.utf8),
            "Content-Type: multipart/mixed; boundary=b49\r\n",
            bodies: .all
        )
        #expect(nested.last == "    [1 more part not shown]")
        #expect(nested.count < 12)
    }

    @Test func `text is read by its charset`() {
        let latin = shown(
            [0x63, 0xE9, 0x0A],
            "Content-Type: text/plain; charset=iso-8859-1\r\n"
        )
        #expect(latin[1...] == ["    [Text in windows-1252]", #"    cé\n"#])
        let letters = Array("\u{1B}A wide text".utf8)
        let units: [UInt8] = [0xFF, 0xFE] + letters.flatMap { [$0, 0] }
        let wide = shown(units, "Content-Type: text/plain\r\n")
        #expect(
            wide == [
                "Content: 26 bytes in chunks", "    [Text in UTF-16LE]", #"    \x1bA wide text"#,
            ]
        )
        let other = shown([0xC3, 0xA9], "Content-Type: text/plain; charset=utf-7\r\n")
        #expect(other[1] == "    [charset utf-7 is not known; bytes from 0x80 on are escaped]")
        #expect(other[2] == #"    \xc3\xa9"#)
        let ascii = shown(
            Array("a fine cup of caf\u{E9}".utf8),
            "Content-Type: text/plain; charset=us-ascii\r\n"
        )
        #expect(ascii[1] == "    [2 bytes or units are not US-ASCII]")
        #expect(ascii[2] == #"    a fine cup of caf\xc3\xa9"#)
    }

    @Test func `text is read by what browsers take its charset for`() {
        func html(_ content: [UInt8], _ label: String = "") -> [String] {
            Array(shown(content, "Content-Type: text/html\(label)\r\n")[1...])
        }
        let chinese: [UInt8] = [0xD6, 0xD0, 0xCE, 0xC4]
        #expect(html(chinese, "; charset=GB2312") == ["    [Text in GBK]", "    中文"])
        let long = Array("Many letters, and then ".utf8) + chinese
        #expect(
            html(long + [0xFF, 0xFF], "; charset=GB2312") == [
                "    [Text in GBK]", "    [2 bytes or units are not GBK]",
                #"    Many letters, and then 中文\xff\xff"#,
            ]
        )
        #expect(html(Array("Zoë".utf8), "; charset='utf-8'") == ["    Zoë"])
        let meta = Array("<meta charset=windows-1251><p>".utf8) + [0xCF, 0xF0]
        #expect(
            html(meta) == ["    [Text in windows-1251]", "    <meta charset=windows-1251><p>Пр"]
        )
        // Half a character at the end is the sender's doing only where the content is whole.
        let type = "Content-Type: text/plain; charset=euc-kr\r\n"
        var cut = response(Array("Some letters, and then ".utf8) + [0xB0, 0xA1, 0xB0], type)
        #expect(shown(cut)[2] == "    [1 byte or unit is not EUC-KR]")
        cut.response?.contentLength = 99
        #expect(shown(cut)[2] == #"    Some letters, and then 가\xb0"#)
    }

    @Test func `JSON texts one behind the other are laid out`() {
        let lines = shown(
            Array("{\"a\":1}\n{\"b\":2}\n".utf8),
            "Content-Type: application/x-ndjson\r\n"
        )
        #expect(
            lines == [
                "Content: 16 bytes in chunks, JSON", "    [2 JSON texts, one behind the other]",
                "    {", #"      "a": 1"#, "    }", "    {", #"      "b": 2"#, "    }",
            ]
        )
        let sequence = shown(
            Array("\u{1E}[]\n\u{1E}1\n".utf8),
            "Content-Type: application/json-seq\r\n"
        )
        #expect(sequence[1...] == ["    [2 JSON texts, one behind the other]", "    []", "    1"])
        let guarded = shown(
            Array(")]}',\n{}".utf8),
            "Content-Type: application/json\r\n"
        )
        #expect(
            guarded[1...] == [
                "    [in front of the JSON, against its use as a script: )]}',]", "    {}",
            ]
        )
    }

    @Test func `a boundary that has its hyphens already is taken as it is`() {
        let fields = "Content-Type: multipart/x-mixed-replace; boundary=--b\r\n"
        let lines = shown(Array(Self.multipart.utf8), fields)
        #expect(lines[1].hasPrefix("    [the boundary parameter has the two hyphens"))
        #expect(lines.filter { $0.hasPrefix("    [Part ") }.count == 2)
        // Who writes it as it should be is not affected.
        let strict = Self.multipart.replacing("--b", with: "----b")
        #expect(shown(Array(strict.utf8), fields)[1] == "    [Part 1: 5 bytes]")
    }

    @Test func `binary content is shown by type, size and first bytes`() {
        let image: [UInt8] =
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Array(repeating: 7, count: 200)
        let lines = shown(image, "Content-Type: image/png\r\n")
        #expect(lines[0] == "Content: 208 bytes in chunks, image/png")
        #expect(lines.count == 6)
        #expect(lines.last == "    [144 more bytes not shown; --bodies all shows them]")
        #expect(shown(image, "")[0] == "Content: 208 bytes in chunks, image/png by its first bytes")
        #expect(shown(image, "Content-Type: image/png\r\n", bodies: .all).count == 14)
    }

    @Test(arguments: [
        "application/json", "application/x-www-form-urlencoded", "text/plain",
        "text/plain; charset=utf-16le", "text/plain; charset=latin1", "text/plain; charset=x",
        "multipart/mixed; boundary=b", "image/png", "application/grpc",
    ])
    func `no content steers the terminal, and notes fit it`(type: String) {
        var generator = SeededGenerator(seed: 3)
        for round in 0..<300 {
            var content = (0..<40).map { _ in UInt8.random(in: 0...255, using: &generator) }
            if round % 3 == 0 { content = Array("[\"".utf8) + content + Array("\"]".utf8) }
            if round % 3 == 1 {
                content = Array("--b\r\n\r\n".utf8) + content + Array("\r\n--b--".utf8)
            }
            // What fails as text is shown in hexadecimal: keep most of it text.
            if round % 2 == 0 { content = content.map { $0 == 0 ? 0x9B : $0 } }
            content += Array(repeating: 0x61, count: 400)
            for bodies in BodyDisplay.allCases {
                for line in shown(content, "Content-Type: \(type)\r\n", bodies: bodies) {
                    for scalar in line.unicodeScalars {
                        let category = scalar.properties.generalCategory
                        #expect(category != .control && category != .format)
                    }
                    // The four columns of the tree are taken off already.
                    let isNote = line.hasPrefix("    [") && line.hasSuffix("]")
                    #expect(!isNote || line.unicodeScalars.count <= 76)
                }
            }
        }
    }
}
