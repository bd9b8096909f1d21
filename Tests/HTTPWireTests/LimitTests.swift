import HTTPWire
import Support
import Testing

@Suite struct LimitTests {
    /// Long inputs that come in small pieces; what costs more than a constant for a piece takes
    /// minutes here.
    private static let floods: [String: [UInt8]] = [
        "a start line": flood("GET /", "a"),
        "an unknown method's start line": flood("FOO /", "a"),
        "no start line": flood("", "a"),
        "blanks": flood("", " "),
        "blank lines": flood("", "\n"),
        "carriage returns": flood("GET /", "\r"),
        "a field line": flood("GET / HTTP/1.1\r\n", "a"),
        "field lines": flood("GET / HTTP/1.1\r\n", "a:b\n"),
        "equal lengths": flood("GET / HTTP/1.1\r\n", "Content-Length:1\n"),
        "a list of lengths": flood("GET / HTTP/1.1\r\nContent-Length:", "1,"),
        "folds": flood("GET / HTTP/1.1\r\nA:\n", " b\n"),
        "control bytes": flood("GET / HTTP/1.1\r\n", "a:\u{1}\n"),
        "request lines": flood("", "GET / HTTP/1.1\r\n"),
        "a chunk size": flood("POST / HTTP/1.1\nTransfer-Encoding:chunked\n\n", "0"),
        "a chunk extension": flood("POST / HTTP/1.1\nTransfer-Encoding:chunked\n\n1;", "a"),
        "chunks": flood("POST / HTTP/1.1\nTransfer-Encoding:chunked\n\n", "1\na\n"),
        "trailers": flood("POST / HTTP/1.1\nTransfer-Encoding:chunked\n\n0\n", "a:b\n"),
        "a trailer": flood("POST / HTTP/1.1\nTransfer-Encoding:chunked\n\n0\n", "a"),
    ]

    private static func flood(_ start: String, _ unit: String) -> [UInt8] {
        let units = Array(unit.utf8)
        return Array(start.utf8) + (0..<300_000).map { units[$0 % units.count] }
    }

    @Test func `a start line has its own limit, and field lines have room behind it`() {
        var limits = ParserLimits()
        limits.headerSection = 200
        limits.startLine = 1000
        var parser = MessageParser(role: .request, limits: limits)
        let target = "/" + String(repeating: "a", count: 800)
        let field = "X: " + String(repeating: "b", count: 80)
        let bytes = Array("GET \(target) HTTP/1.1\r\nHost: h\r\n\(field)\r\n\r\n".utf8)
        var position = 0
        while let event = parser.next(in: bytes.span, at: &position), event != .head {}
        #expect(parser.head.startLine.target.count == 801)
        #expect(parser.head.fieldLines.count == 2)
        #expect(parser.head.findings.isEmpty)
    }

    @Test(
        arguments: [Interruption.endOfStream, .peerAnswered, .captureEnded],
        ["@", "\rg.1\r\n", " HTTP/1.1\n"]
    )
    func `a long line that carriage returns divide is the same in any pieces`(
        cause: Interruption,
        ending: String
    ) {
        var limits = ParserLimits()
        limits.headerSection = 64
        limits.unclaimedLine = 32
        let line =
            Array("GET / \rHTTP/1.1".utf8) + [UInt8](repeating: 0, count: 150) + Array(ending.utf8)
        func parsed(inPiecesOf length: Int) -> MessageHead {
            var parser = MessageParser(role: .request, limits: limits)
            for start in stride(from: 0, to: line.count, by: length) {
                let piece = Array(line[start..<min(start + length, line.count)])
                var position = 0
                while parser.next(in: piece.span, at: &position) != nil {}
            }
            while let event = parser.interrupt(cause), event != .head {}
            return parser.head
        }
        let whole = parsed(inPiecesOf: line.count)
        #expect(whole.findings.contains { $0.code == .headerSectionTooLarge })
        for length in 1..<line.count {
            let head = parsed(inPiecesOf: length)
            #expect(head.bytes == whole.bytes, "\(length)")
            #expect(head.findings == whole.findings, "\(length)")
        }
    }

    @Test(arguments: floods.keys.sorted())
    func `a flood in small pieces costs time and memory within limits`(name: String) async throws {
        let bytes = try #require(Self.floods[name])
        let limits = ParserLimits()
        let most = limits.headerSection + ParserLimits.framingReserve + limits.unclaimedLine
        var parser = MessageParser(role: .request, limits: limits)
        var unclaimed = 0
        var messages = 0
        for start in stride(from: 0, to: bytes.count, by: 7) {
            // Other tests wait for the same threads.
            if start % 70_000 == 0 { await Task.yield() }
            let piece = bytes[start..<min(start + 7, bytes.count)]
            var position = 0
            while let event = parser.next(in: piece.span, at: &position) {
                if case .unclaimed(let count) = event { unclaimed += count }
                if case .end = event { messages += parser.offset }
            }
            if position != piece.count || parser.head.bytes.count > most {
                Issue.record("byte \(start) breaks a limit")
                return
            }
        }
        while let event = parser.interrupt(.endOfStream) {
            if case .unclaimed(let count) = event { unclaimed += count }
            if case .end = event { messages += parser.offset }
        }
        #expect(parser.head.bytes.count <= most)
        #expect(parser.head.trailerBytes.count <= limits.headerSection)
        #expect(parser.head.findings.count <= 300)
        #expect(unclaimed + messages == bytes.count)
    }
}
