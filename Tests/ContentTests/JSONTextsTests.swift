import Content
import Support
import Testing

@Suite struct JSONTextsTests {
    private func layOut(_ text: String) -> JSONTexts { JSONTexts(text.utf8.span, limit: 1 << 20) }

    @Test(arguments: [
        ("{}", 1, "{}"), ("{}\n[]", 2, "{}\n[]"), ("{}[]{}", 3, "{}\n[]\n{}"),
        ("{} []", 2, "{}\n[]"),
        ("1\n2\r\n\"a\"\n", 3, "1\n2\n\"a\""), ("1\n{}", 2, "1\n{}"), ("{}\nnull", 2, "{}\nnull"),
        ("\u{1E}{}\n\u{1E}[]\n", 2, "{}\n[]"), ("\u{1E}1\u{1E}2", 2, "1\n2"),
        ("\u{1E}\u{1E}{}", 1, "{}"),
        (")]}'\n{}", 1, "{}"), (")]}',\n[1]", 1, "[\n  1\n]"), ("while(1);[]", 1, "[]"),
        ("for (;;); {}", 1, "{}"), (" {}&& {}", 1, "{}"), ("&&&START&&&[]", 1, "[]"),
    ])
    func `texts are laid out one behind the other`(content: String, count: Int, text: String) {
        let layout = layOut(content)
        #expect(layout.outcome == .complete)
        #expect(layout.count == count)
        #expect(String(decoding: layout.text, as: UTF8.self) == text)
        #expect(layout.length == layout.text.count)
    }

    @Test(arguments: [
        ("{\"a\":1,,}", 7), ("{} {,}", 4), ("1 2", 2), ("1{}", 1), ("{}1", 2), ("\"a\"\"b\"", 3),
        ("01", 1),
        ("{},\n{}", 2), ("{}}", 2), ("hello", 0), ("12 apples", 3), ("call({})", 0), (")]}'\nx", 5),
        ("{}\n{}\nx", 6), ("{}&&", -1), (")]}'", -1), ("", -1), (" \n", -1), ("{}\n{", -1),
        ("\u{1E}", -1),
    ])
    func `what is no JSON is told with its place`(content: String, offset: Int) {
        #expect(layOut(content).outcome == (offset < 0 ? .endsEarly : .invalid(offset: offset)))
    }

    @Test func `texts that are cut anywhere are well formed as far as they go`() {
        let content = ")]}'\n{\"a\":[1,2]}\n\u{1E}[true]\n{}{}\n17\n"
        let whole = layOut(content).text
        for length in 5..<content.utf8.count {
            let cut = layOut(String(decoding: content.utf8.prefix(length), as: UTF8.self))
            if case .invalid = cut.outcome { Issue.record("\(length): \(cut.outcome)") }
            #expect(whole.starts(with: cut.text))
        }
    }

    @Test func `no more than asked for is kept, and all of it counted`() {
        let content = String(repeating: "{\"a\":1}\n", count: 1000)
        let whole = layOut(content)
        #expect(whole.count == 1000)
        for limit in [0, 1, 10, 11, 100, whole.length] {
            let part = JSONTexts(content.utf8.span, limit: limit)
            #expect(part.text == Array(whole.text.prefix(limit)))
            #expect((part.length, part.count) == (whole.length, 1000))
        }
    }
}
