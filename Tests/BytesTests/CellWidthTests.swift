import Bytes
import Testing

@Suite struct CellWidthTests {
    @Test(arguments: [
        ("", 0), ("GET /", 5), ("é", 1), ("e\u{301}", 1), ("한글.txt", 8), ("漢字カナ", 8), ("ｶﾅ", 2),
        ("\u{1112}\u{1161}\u{11AB}", 2), ("→…│┼", 4), ("①", 1), ("🙂", 2), ("👍🏽", 4), ("🇰🇷", 2),
        ("👨‍👩‍👧", 2), ("❤\u{FE0F}", 2), ("❤", 1), ("1\u{FE0F}\u{20E3}", 2), ("ＡＢ", 4),
        ("\u{200B}", 0), ("ไทย", 3), ("שָׁלוֹם", 4), ("𠀀", 2),
    ])
    func `text takes the cells that a terminal gives it`(text: String, cells: Int) {
        #expect(text.cellWidth == cells)
        #expect(Array(text.utf8).span.cellWidth == cells)
    }

    @Test(arguments: [
        ("/static/index.html", 11, "/stat….html"), ("/한글/문서.txt", 10, "/한글….txt"),
        ("/한글", 5, "/한글"), ("/한글", 4, "/…글"), ("한글", 1, "…"), ("한글", 0, ""),
        ("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 5, "👨‍👩‍👧…👨‍👩‍👧"),
    ])
    func `what is too long loses its middle, and no character half`(
        text: String,
        cells: Int,
        cut: String
    ) {
        #expect(text.cut(toCells: cells) == cut)
        #expect(cut.cellWidth <= cells)
    }

    @Test func `whatever the room, a cut fits into it`() {
        let text = "/한a글b👍🏽c🇰🇷d/e\u{301}f.txt"
        for cells in 0...text.cellWidth {
            let width = text.cut(toCells: cells).cellWidth
            #expect(width <= cells && width >= cells - 4)
        }
    }
}
