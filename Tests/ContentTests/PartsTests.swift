import Content
import Testing

@Suite struct FormItemsTests {
    private func items(_ text: String) -> [[String]] {
        let content = Array(text.utf8)
        var items = FormItems()
        var found: [[String]] = []
        while let item = items.next(in: content.span) {
            found.append(
                [item.name, item.value].compactMap { $0 }.map { range in
                    let bytes = FormItems.decode(content.span.extracting(range)).bytes
                    return String(decoding: bytes, as: UTF8.self)
                }
            )
        }
        return found
    }

    @Test(arguments: [
        ("a=b", [["a", "b"]]), ("a=b&c=d", [["a", "b"], ["c", "d"]]), ("", []), ("&&", []),
        ("a", [["a"]]), ("=", [["", ""]]), ("a=b=c", [["a", "b=c"]]),
        ("a+b=%41%c3%A9", [["a b", "Aé"]]),
        ("a=%&b=%4&c=%zz", [["a", "%"], ["b", "%4"], ["c", "%zz"]]), ("a=&b", [["a", ""], ["b"]]),
    ])
    func `items are taken apart`(text: String, expected: [[String]]) {
        #expect(items(text) == expected)
    }

    @Test func `escapes without two digits are counted`() {
        #expect(FormItems.decode("%41%%4".utf8.span).invalidEscapes == 2)
        #expect(FormItems.decode("%41".utf8.span).invalidEscapes == 0)
    }
}

@Suite struct MultipartPartsTests {
    struct Found: Equatable {
        var parts: [String] = []
        var delimited: [Bool] = []
        var preamble = ""
        var epilogue: String?
    }

    private func find(_ text: String, boundary: String = "b") -> Found {
        let content = Array(text.utf8)
        func string(_ range: Range<Int>) -> String {
            String(decoding: content[range], as: UTF8.self)
        }
        var parts = MultipartParts(boundary: Array(boundary.utf8))
        var found = Found()
        while let part = parts.next(in: content.span) {
            found.parts.append(string(part.fields) + "|" + string(part.content))
            found.delimited.append(part.isDelimited)
        }
        found.preamble = string(parts.preamble)
        found.epilogue = parts.epilogue.map(string)
        return found
    }

    @Test func `parts stand between their delimiters`() {
        let text = "pre\r\n--b\r\nA: 1\r\n\r\none\r\n--b  \r\n\r\ntwo\r\n\r\n--b--\r\nepi"
        #expect(
            find(text)
                == Found(
                    parts: ["A: 1\r\n|one", "|two\r\n"],
                    delimited: [true, true],
                    preamble: "pre",
                    epilogue: "epi"
                )
        )
    }

    @Test(arguments: oddDelimiters)
    func `odd delimiters`(text: String, parts: [String], delimited: [Bool], epilogue: String?) {
        let found = find(text)
        #expect(found.parts == parts)
        #expect(found.delimited == delimited)
        #expect(found.epilogue == epilogue)
    }

    private static let oddDelimiters: [(String, [String], [Bool], String?)] = [
        // Line feeds alone.
        ("--b\nA: 1\n\none\n--b--\n", ["A: 1\n|one"], [true], ""),
        // A longer boundary is not this one.
        ("--b\r\n\r\nx\r\n--bc\r\ny\r\n--b--", ["|x\r\n--bc\r\ny"], [true], ""),
        // No last delimiter.
        ("--b\r\n\r\nx\r\n", ["|x\r\n"], [false], nil),
        ("--b\r\n\r\nx\r\n--b\r\n", ["|x"], [true], nil),
        ("--b", [], [], nil), ("--b--", [], [], ""), ("", [], [], nil), ("--", [], [], nil),
        // Empty parts, and one without a blank line.
        ("--b\r\n--b\r\n\r\n--b--", ["|", "|"], [true, true], ""),
        ("--b\r\nA: 1\r\n--b--", ["A: 1|"], [true], ""),
        // A delimiter only counts where a line begins.
        ("--b\r\n\r\nx--b--\r\n--b--", ["|x--b--"], [true], ""),
    ]

    @Test(arguments: [
        // As the parameter says, and as cameras write it.
        ("----b\r\n\r\nx\r\n----b--", "--b", 1, false), ("--b\r\n\r\nx\r\n--b--", "--b", 1, true),
        ("----b\r\n\r\nx\r\n--b\r\n\r\ny\r\n----b--", "--b", 1, false),
        ("--b\n\nx\n--b\n\ny\n", "--b", 2, true), ("b\r\n\r\nx\r\nb--", "b", 0, false),
        ("--\r\n\r\nx\r\n----", "--", 0, false), ("nothing", "--b", 0, false), ("", "--", 0, false),
    ])
    func `a boundary with hyphens of its own is tried twice`(
        text: String,
        boundary: String,
        count: Int,
        isWithHyphens: Bool
    ) {
        var parts = MultipartParts(boundary: Array(boundary.utf8), acceptsHyphens: true)
        var found = 0
        while parts.next(in: text.utf8.span) != nil { found += 1 }
        #expect(found == count)
        let isBoundaryWithHyphens = parts.isBoundaryWithHyphens
        #expect(isBoundaryWithHyphens == isWithHyphens)
        var strict = MultipartParts(boundary: Array(boundary.utf8))
        let first = strict.next(in: text.utf8.span)
        if isWithHyphens { #expect(first == nil) }
    }

    @Test func `a hundred thousand parts take no more than their bytes`() {
        let text = String(repeating: "--b\r\n\r\nx\r\n", count: 100_000) + "--b--"
        let found = find(text)
        #expect(found.parts.count == 100_000)
        #expect(found.parts.allSatisfy { $0 == "|x" })
    }

    @Test func `content cut anywhere has the parts before the cut`() {
        let text = "--b\r\nA: 1\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--\r\n"
        for length in 0...text.utf8.count {
            let found = find(String(text.utf8.prefix(length)) ?? "")
            #expect(found.parts.count <= 2)
            if length >= 25 { #expect(found.parts.first == "A: 1\r\n|one") }
        }
    }

    @Test func `a field of a part is found in either case`() throws {
        let content = Array("--b\r\nx:y\r\ncontent-TYPE :  a/b \r\n\r\n--b--".utf8)
        var parts = MultipartParts(boundary: [0x62])
        let first = parts.next(in: content.span)
        let part = try #require(first)
        let found = part.value(of: "Content-Type", in: content.span)
        let range = try #require(found)
        #expect(String(decoding: content[range], as: UTF8.self) == "a/b")
        let missing = part.value(of: "Content-Length", in: content.span)
        #expect(missing == nil)
    }
}
