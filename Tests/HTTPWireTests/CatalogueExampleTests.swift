import Findings
import HTTPWire
import Support
import Testing

/// The catalogue's examples, through the parser: what they mark is what is found there.
@Suite struct CatalogueExampleTests {
    /// The codes that the parser gives for one message.
    static let codes = FindingCode.allCases.filter { code in
        switch code.group {
        case .startLine, .fieldLines, .framing: !elsewhere.contains(code)
        case .exchange: code == .dataFieldInsteadOfContent
        case .coding, .capture: false
        }
    }

    /// Those of the same groups whose example is about more than one message, or too long to write.
    private static let elsewhere: Set<FindingCode> = [
        .headerSectionTooLarge, .chunkLineTooLarge, .bytesBeforeMessage, .contentAfterMessage,
        .contentInBodylessResponse, .contentWithheld, .answerInsteadOfContent, .joinedRequestLine,
    ]

    /// An example as bytes, with a head in front of chunks, and with a start line and a blank line
    /// around field lines.
    private struct Example {
        var bytes: [UInt8]
        var marked: Range<Int>
        var role: MessageRole

        init?(_ entry: CatalogueEntry) {
            let example = Array(entry.example.utf8)
            guard let place = example.firstRange(of: Array(entry.marked.utf8)),
                let whole = Transcript.unescape(entry.example[...]),
                let before = Transcript.unescape(
                    Substring(entry.example.utf8.prefix(place.lowerBound))
                ),
                let marked = Transcript.unescape(entry.marked[...])
            else { return nil }
            bytes = whole
            role = whole.starts(with: "HTTP/".utf8) ? .response : .request
            self.marked = before.count..<before.count + marked.count
            if role == .request, !Self.hasStartLine(whole) { complete() }
        }

        private mutating func complete() {
            let isChunk = bytes.first.map { (0x30...0x39).contains($0) } ?? false
            let isHostGiven = String(decoding: bytes, as: UTF8.self).contains("Host:")
            let head = Array("POST / HTTP/1.1\r\n\(isHostGiven ? "" : "Host: a\r\n")".utf8)
            let chunked = Array("Transfer-Encoding: chunked\r\n\r\n".utf8)
            let front = head + (isChunk ? chunked : [])
            bytes = front + bytes + (isComplete ? [] : Array("\r\n".utf8))
            marked = marked.lowerBound + front.count..<marked.upperBound + front.count
        }

        private var isComplete: Bool {
            String(decoding: bytes, as: UTF8.self).contains("\r\n\r\n")
        }

        private static func hasStartLine(_ bytes: [UInt8]) -> Bool {
            let line = bytes.drop { $0 == 0x0D || $0 == 0x0A }.prefix { $0 != 0x0A }
            return String(decoding: line, as: UTF8.self).lowercased().contains("http/")
                || line.starts(with: "GET ".utf8)
        }
    }

    @Test(arguments: codes)
    func `the marked part of an example is where the parser finds it`(code: FindingCode) throws {
        let example = try #require(Example(code.entry))
        let bytes = try #require(Self.place(of: code, in: example))
        if bytes.isEmpty {
            // About a place between two bytes: the mark ends or begins there.
            #expect(bytes.lowerBound >= example.marked.lowerBound)
            #expect(bytes.lowerBound <= example.marked.upperBound)
        } else {
            #expect(bytes == example.marked)
        }
    }

    /// Where in the example the parser finds `code`, in whichever of its messages.
    private static func place(of code: FindingCode, in example: Example) -> Range<Int>? {
        var parser = MessageParser(role: example.role)
        var position = 0
        var start = 0
        while true {
            let event =
                parser.next(in: example.bytes.span, at: &position)
                ?? parser.interrupt(.endOfStream)
            guard let event else { return nil }
            guard case .end = event else { continue }
            if let bytes = parser.head.findings.first(where: { $0.code == code })?.bytes {
                return bytes.lowerBound + start..<bytes.upperBound + start
            }
            start = position
        }
    }

    @Test func `nearly every code of a message has an example that is run`() {
        #expect(Self.codes.count >= 30)
    }
}
