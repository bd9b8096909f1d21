import Findings
import HTTPWire
import Testing

@Suite struct MessageHeadTests {
    @Test func `an emptied head keeps what storage most messages need`() {
        var head = MessageHead()
        head.bytes = Array(repeating: 0x61, count: 1000)
        head.fieldLines = Array(repeating: Self.line, count: 20)
        head.reset()
        #expect(head.bytes.isEmpty && head.fieldLines.isEmpty)
        #expect(head.bytes.capacity >= 1000 && head.fieldLines.capacity >= 20)
    }

    enum Part: CaseIterable {
        case bytes, fieldLines, trailerBytes, trailerLines, findings
    }

    @Test(arguments: Part.allCases)
    func `an emptied head keeps no large storage`(of part: Part) {
        var head = MessageHead()
        switch part {
        case .bytes: head.bytes = Array(repeating: 0x61, count: 100_000)
        case .fieldLines: head.fieldLines = Array(repeating: Self.line, count: 10_000)
        case .trailerBytes: head.trailerBytes = Array(repeating: 0x61, count: 100_000)
        case .trailerLines: head.trailerLines = Array(repeating: Self.line, count: 10_000)
        case .findings:
            head.findings = Array(repeating: Finding(.bareLineFeed, bytes: 0..<1), count: 10_000)
        }
        #expect(head.storage >= 100_000)
        head.reset()
        #expect(head.storage == 0)
    }

    private static let line = FieldLine(
        name: 0..<1,
        value: 2..<3,
        line: 0..<5,
        ending: .crlf,
        isFolded: false,
        hasColon: true
    )
}
