import Findings
import Testing

@Suite struct CatalogueTests {
    @Test(arguments: FindingCode.allCases)
    func `every code is fully described`(code: FindingCode) {
        let entry = code.entry
        for text in [entry.sentence, entry.rule, entry.example, entry.elsewhere, entry.mend] {
            #expect(!text.isEmpty)
            #expect(!text.contains("\n"))
            #expect(!text.contains("  "))
        }
        for text in [entry.sentence, entry.rule, entry.elsewhere, entry.mend] {
            #expect(text.hasSuffix("."))
            #expect(
                text.first?.isLowercase == false || text.hasPrefix("nginx")
                    || text.hasPrefix("curl")
            )
        }
        #expect(!entry.marked.isEmpty)
        #expect(entry.example.contains(entry.marked))
        #expect(entry.severity == code.severity)
    }

    @Test(arguments: FindingCode.allCases)
    func `the reference names a document and a section`(code: FindingCode) throws {
        let reference = code.entry.reference
        let rfc = #/RFC (9110|9112|9113|9293) §\d+(\.\d+)*/#
        let draft = #/draft-[a-z0-9-]+ §\d+(\.\d+)*/#
        let option = #/httptrace --[a-z-]+/#
        let isKnown =
            reference.wholeMatch(of: rfc) != nil || reference.wholeMatch(of: draft) != nil
            || reference.wholeMatch(of: option) != nil
        #expect(isKnown, "\(reference)")
    }

    @Test(arguments: FindingCode.allCases)
    func `texts need no escape in JSON`(code: FindingCode) {
        let entry = code.entry
        for text in [code.rawValue, entry.sentence, entry.reference] {
            #expect(text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C })
        }
    }

    @Test func `codes and sentences are unique`() {
        #expect(Set(FindingCode.allCases.map(\.rawValue)).count == FindingCode.allCases.count)
        let sentences = FindingCode.allCases.map(\.entry.sentence)
        #expect(Set(sentences).count == sentences.count)
    }

    @Test func `the groups hold every code once, in the catalogue's order`() {
        #expect(FindingGroup.allCases.flatMap(\.codes) == FindingCode.allCases)
    }

    @Test(arguments: [
        (FindingCode.bareLineFeed, Severity.warning), (.mixedLineEndings, .warning),
        (.extraWhitespace, .warning), (.blankLineBeforeStartLine, .warning),
        (.dataFieldInsteadOfContent, .warning), (.unterminatedHeaderSection, .error),
        (.unsupportedVersion, .error), (.missingHost, .error), (.bareCarriageReturn, .error),
        (.pipelined, .note), (.noContentLengthUntilClose, .note),
    ])
    func `severities that the server relies on`(code: FindingCode, severity: Severity) {
        #expect(code.severity == severity)
    }

    @Test(arguments: [
        ("bare-linefeed", FindingCode.bareLineFeed), ("Bare_Line_Feed", .bareLineFeed),
        ("unterminated", .unterminatedHeaderSection), ("retransmision", .retransmission),
        ("zero window", .zeroWindow), ("pipelined", .pipelined),
    ])
    func `a mistyped code finds its neighbour`(typed: String, code: FindingCode) {
        #expect(FindingCode.closest(to: typed) == code)
    }

    @Test(arguments: ["", "xyzzy", "content", String(repeating: "a", count: 1000)])
    func `what is near no code finds none`(typed: String) {
        #expect(FindingCode.closest(to: typed) == nil)
    }

    @Test(arguments: [
        ("RESET", [FindingCode.reset]), ("bare", [.bareLineFeed, .bareCarriageReturn]),
        (
            "9293 §3.8.6.1",
            FindingCode.allCases.filter { $0.entry.reference == "RFC 9293 §3.8.6.1" }
        ),
        ("", []), ("xyzzy", []),
    ])
    func `codes are found by name, by a part of it, and by their rule`(
        text: String,
        codes: [FindingCode]
    ) {
        #expect(FindingCode.search(text) == codes)
    }

    @Test func `an RFC finds what breaks it`() {
        let found = FindingCode.search("9112")
        #expect(found == FindingCode.search("RFC 9112"))
        #expect(found.contains(.bareLineFeed) && !found.contains(.reset))
    }
}
