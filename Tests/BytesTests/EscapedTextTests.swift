import Bytes
import Support
import Testing

@Suite struct EscapedTextTests {
    @Test(
        arguments: [
            ([0x41, 0x20, 0x7E], "A ~"),
            ([0x0D, 0x0A, 0x09, 0x5C], #"\r\n\t\\"#),
            ([0x00, 0x1B, 0x5B, 0x7F], #"\x00\x1b[\x7f"#),
            // é, €, 😀: well-formed UTF-8 stays.
            ([0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0x98, 0x80], "é€😀"),
            // A lone lead, a lone continuation, an overlong slash, a surrogate, one above the last.
            ([0xC3], #"\xc3"#),
            ([0xA9, 0x41], #"\xa9A"#),
            ([0xC0, 0xAF], #"\xc0\xaf"#),
            ([0xED, 0xA0, 0x80], #"\xed\xa0\x80"#),
            ([0xF4, 0x90, 0x80, 0x80], #"\xf4\x90\x80\x80"#),
            // CSI as a C1 control, a right-to-left override, a zero-width space, a line separator.
            ([0xC2, 0x9B], #"\xc2\x9b"#),
            ([0xE2, 0x80, 0xAE], #"\xe2\x80\xae"#),
            ([0xE2, 0x80, 0x8B], #"\xe2\x80\x8b"#),
            ([0xE2, 0x80, 0xA8], #"\xe2\x80\xa8"#),
            // A filler, which is a letter, and a variation selector, which is a mark.
            ([0xE3, 0x85, 0xA4], #"\xe3\x85\xa4"#),
            ([0x61, 0xEF, 0xB8, 0x8F], #"a\xef\xb8\x8f"#),
        ] as [([UInt8], String)]
    )
    func `what cannot be shown becomes a visible escape`(bytes: [UInt8], text: String) {
        let escaped = EscapedText.escape(bytes.span)
        #expect(escaped == text)
    }

    @Test func `line feeds stay where they are asked to`() {
        let bytes = Array("a\r\nb\n".utf8)
        let escaped = EscapedText.escape(bytes.span, keepingLineFeeds: true)
        #expect(escaped == "a\\r\nb\n")
    }

    @Test func `a text with words of others is made harmless once, however often it is`() {
        let text = "a\u{1B}[31m\u{202E}\nb \\x1b é"
        let harmless = EscapedText.harmless(text)
        #expect(harmless == #"a\x1b[31m\xe2\x80\xae\nb \x1b é"#)
        #expect(EscapedText.harmless(harmless) == harmless)
        #expect(EscapedText.harmless("a\nb\r", keepingLineFeeds: true) == "a\nb\\r")
    }

    @Test func `no bytes at all get a control character through`() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<5000 {
            let count = Int.random(in: 0...12, using: &generator)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            check(bytes)
        }
    }

    @Test func `no scalar gets a character through that steers a terminal or reorders text`() {
        for value in UInt32(0)...0x3_0000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            check(Array(String(scalar).utf8))
        }
    }

    private func check(_ bytes: [UInt8]) {
        for scalar in EscapedText.escape(bytes.span).unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
                .paragraphSeparator:
                Issue.record("\(bytes) lets \(scalar.value) through")
            default: break
            }
        }
    }

    @Test(
        arguments: [
            ([0x41], nil), ([0xC3, 0xA9], 2), ([0xC3], nil), ([0xE2, 0x82, 0xAC], 3),
            ([0xE2, 0x82], nil), ([0xF0, 0x9F, 0x98, 0x80], 4), ([0xF0, 0x8F, 0xBF, 0xBF], nil),
            ([0xF5, 0x80, 0x80, 0x80], nil), ([0x80], nil), ([0xFF], nil),
        ] as [([UInt8], Int?)]
    )
    func `sequences of several bytes are measured as the Unicode Standard does`(
        bytes: [UInt8],
        length: Int?
    ) {
        let measured = EscapedText.multiByteSequenceLength(in: bytes.span, at: 0)
        #expect(measured == length)
    }
}
