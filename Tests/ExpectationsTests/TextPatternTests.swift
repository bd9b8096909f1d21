import Expectations
import Testing

@Suite struct TextPatternTests {
    @Test(arguments: [
        ("/a", "/a", true), ("/a", "/b", false), ("/a", "/ab", false), ("/a", "", false),
        ("*", "", true), ("*", "/x?y", true), ("/a/*", "/a/", true), ("/a/*", "/a/b/c", true),
        ("/a/*", "/b/a/", false), ("*.js", "/x.js", true), ("*.js", "/x.jsx", false),
        ("*.js", ".js.js", true), ("/*/c/*/e", "/a/b/c/d/e", true), ("/*/c/*/e", "/c/e", false),
        ("a**b", "ab", true), ("*ab*ab*", "abab", true), ("*ab*ab*", "abb", false), ("", "", true),
        ("", "a", false), ("A", "a", false),
    ])
    func `an asterisk stands for any bytes, all else for itself`(
        pattern: String,
        text: String,
        isMatch: Bool
    ) {
        #expect(TextPattern(pattern).matches(text) == isMatch)
    }

    @Test func `an exact text has no wildcards`() {
        #expect(TextPattern(exactly: "*").matches([0x2A]))
        #expect(!TextPattern(exactly: "*").matches([0x2B]))
    }

    @Test func `bytes need not be UTF-8`() {
        let pattern = TextPattern(elements: [0xFF, nil, 0x00])
        #expect(pattern.matches([0xFF, 0x80, 0x00]))
        #expect(!pattern.matches([0xFF, 0x80]))
    }

    @Test func `many wildcards end in time`() {
        let pattern = TextPattern(String(repeating: "*a", count: 50) + "b")
        #expect(!pattern.matches([UInt8](repeating: 0x61, count: 100_000)))
    }
}
