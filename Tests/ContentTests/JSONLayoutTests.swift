import Content
import Support
import Testing

@Suite struct JSONLayoutTests {
    private func layOut(
        _ text: String,
        limit: Int = 1 << 20
    ) -> (text: String, outcome: JSONLayout.Outcome) {
        let layout = JSONLayout(text.utf8.span, limit: limit)
        return (String(decoding: layout.text, as: UTF8.self), layout.outcome)
    }

    @Test(arguments: [
        ("{}", "{}"), ("[]", "[]"), (" [ ] \r\n", "[]"), ("1", "1"), ("\"a\"", "\"a\""),
        (" true ", "true"), ("null", "null"), ("-0.5e+10", "-0.5e+10"), ("0E0", "0E0"),
        ("[1,2]", "[\n  1,\n  2\n]"),
        (#"{"a":1,"b":[{},[]]}"#, "{\n  \"a\": 1,\n  \"b\": [\n    {},\n    []\n  ]\n}"),
        (#"["\"\\\/\b\f\n\r\t\u0041"]"#, "[\n  " + #""\"\\\/\b\f\n\r\t\u0041""# + "\n]"),
        ("{\t\"a\"\n:\r[ false ] }", "{\n  \"a\": [\n    false\n  ]\n}"),
    ])
    func `JSON is laid out with its tokens as they are`(text: String, expected: String) {
        let layout = layOut(text)
        #expect(layout.text == expected)
        #expect(layout.outcome == .complete)
    }

    @Test(arguments: [
        ("{,}", 1), ("[1,]", 3), ("[1 2]", 3), ("{\"a\" 1}", 5), ("{a:1}", 1), ("{\"a\":1,}", 7),
        ("[1}", 2), ("{\"a\":1]", 6), ("]", 0), ("[] []", 3), ("01", 1), ("[-]", 2), ("[+1]", 1),
        ("[1.]", 3), ("[1e]", 3), ("[.5]", 1), ("[tru]", 1), ("[nul1]", 1), ("NaN", 0),
        ("[\"\\x41\"]", 2), ("[\"\\u12g4\"]", 2), ("[\"a\nb\"]", 3), ("'a'", 0),
        ("callback({})", 0),
        ("[1]//", 3), ("{\"a\":}", 5), ("{1:2}", 1), ("\u{FEFF}[]", 0),
    ])
    func `what is not JSON is told with its place`(text: String, offset: Int) {
        #expect(layOut(text).outcome == .invalid(offset: offset))
    }

    /// Of what could not be shown, or would be another token, the escape stays.
    @Test(arguments: [
        (#""\uc548\ub155 \u00e9\u00E9""#, #""안녕 éé""#), (#""\ud83d\ude42""#, #""🙂""#),
        (#""\ud83d""#, #""\ud83d""#), (#""\ud83d\u0041""#, #""\ud83d\u0041""#),
        (#""\ude42\ud83d""#, #""\ude42\ud83d""#), (#""\\uc548""#, #""\\uc548""#),
        (#""\\\uc548""#, #""\\안""#),
        (#""\u0022\u005c\u001b\u007f""#, #""\u0022\u005c\u001b\u007f""#),
        (#""\u202e\u200b\u0085\ufeff""#, #""\u202e\u200b\u0085\ufeff""#),
        (#"{"\uc548":"\ub155"}"#, "{\n  \"안\": \"녕\"\n}"),
    ])
    func `letters that were escaped are shown`(json: String, text: String) {
        let layout = JSONLayout(Array(json.utf8).span, limit: .max)
        #expect(String(decoding: layout.text, as: UTF8.self) == text)
        #expect(layout.outcome == .complete)
        #expect(layout.length == layout.text.count)
    }

    @Test func `JSON that is cut anywhere is well formed as far as it goes`() {
        let text = #"{"a":[1,-2.5e+3,true,false,null,"x\u0041\n"],"b":{"c":{}}}"#
        let whole = layOut(text).text
        for length in 0..<text.utf8.count {
            let cut = layOut(String(text.prefix(length)))
            #expect(cut.outcome == .endsEarly, "\(text.prefix(length))")
            #expect(whole.hasPrefix(cut.text))
        }
    }

    @Test func `no more than asked for is kept, and all of it counted`() {
        let text = "[" + Array(repeating: "1", count: 1000).joined(separator: ",") + "]"
        let whole = JSONLayout(text.utf8.span, limit: .max)
        #expect(whole.length == whole.text.count)
        for limit in [0, 1, 2, 100, whole.length - 1, whole.length] {
            let part = JSONLayout(text.utf8.span, limit: limit)
            #expect(part.text == Array(whole.text.prefix(limit)))
            #expect(part.length == whole.length)
            #expect(part.outcome == .complete)
        }
    }

    @Test(arguments: ["[", "{\"a\":", "[{\"\":"])
    func `nesting has an end, and no stack`(opening: String) {
        let deep = String(repeating: opening, count: 100_000)
        guard case .tooDeep = layOut(deep).outcome else {
            Issue.record("laid out")
            return
        }
        let most = String(repeating: "[", count: JSONLayout.depthLimit)
        #expect(layOut(most).outcome == .endsEarly)
        let closed = most + String(repeating: "]", count: JSONLayout.depthLimit)
        let layout = layOut(closed)
        #expect(layout.outcome == .complete)
        // The indentation stops growing: 256 levels are no square of 256.
        #expect(layout.text.utf8.count < JSONLayout.depthLimit * 100)
    }

    @Test func `no random text crashes it`() {
        var generator = SeededGenerator(seed: 5)
        let tokens = [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "a", "1", "-", ".", "e", "\\u00", "true",
            "nul", " ", "\n", "\u{0}", "é",
        ]
        for _ in 0..<5000 {
            let count = Int.random(in: 0..<20, using: &generator)
            let text = (0..<count).compactMap { _ in tokens.randomElement(using: &generator) }
            let layout = JSONLayout(text.joined().utf8.span, limit: 50)
            #expect(layout.text.count <= 50)
        }
    }
}
