import Testing

/// What looks for harm has to find it.
@Suite struct CheckerTests {
    @Test(
        arguments: [
            "\u{1B}[31mred", "a\u{07}", "a\rb", "a\tb", "\u{7F}", "\u{9B}31m", "\u{202E}abc",
            "\u{2066}", "\u{61C}", "\u{200B}", "\u{2028}", "\u{FEFF}", "\u{E0041}", "\u{FFFE}",
            "\u{1B}[0mplain\u{1B}]0;x\u{07}",
        ]
    )
    func `harmful characters are found`(text: String) {
        #expect(!ShownText.faults(in: Array(text.utf8)).isEmpty)
    }

    @Test(
        arguments: [
            [0xC2], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x9B, 0x6D],
        ] as [[UInt8]]
    )
    func `what is not UTF-8 is found`(bytes: [UInt8]) {
        #expect(!ShownText.faults(in: bytes).isEmpty)
    }

    @Test func `harm is found wherever it stands`() {
        for length in 0..<40 {
            var bytes = Array("0123456789abcdef\né0123456789abcdef0123456789".utf8)
            bytes.insert(0x9B, at: length == 18 ? 19 : length)
            #expect(!ShownText.faults(in: bytes).isEmpty)
        }
    }

    @Test func `the program's own colours pass where they are expected, and no other sequence`() {
        let coloured = "\u{1B}[31merror\u{1B}[0m\n"
        #expect(ShownText.faults(in: Array(coloured.utf8), isColoured: true).isEmpty)
        #expect(!ShownText.faults(in: Array(coloured.utf8)).isEmpty)
        #expect(!ShownText.faults(in: Array("\u{1B}[2J".utf8), isColoured: true).isEmpty)
    }

    @Test func `ordinary text passes`() {
        #expect(ShownText.faults(in: Array("é € 😀 日本語 │ → ≠\n".utf8)).isEmpty)
    }

    @Test(arguments: ["{\"a\":\"\u{01}\"}", "{\"a\":1", "{\"a\":\"\\x1b\"}", "[1]", ""])
    func `what is no object in JSON is found`(text: String) {
        #expect(!Parsed.faults(inJSONLines: Array(text.utf8)).isEmpty)
    }

    @Test func `there are no two places, and no two pieces, of the same name`() {
        let places = HostilePlace.all.map(\.name)
        #expect(Set(places).count == places.count)
        let pieces = HostilePiece.sequences.map(\.name)
        #expect(Set(pieces).count == pieces.count)
    }
}
