import Bytes
import Findings
import HTTPWire
import Packets
import Trace
import TraceOutput

/// Messages and exchanges by hand, for a module that is tested without parser and tracer.
enum Samples {
    /// A message from its bytes: lines are cut at line feeds and field lines at their first colon,
    /// which is enough for what output has to show.
    static func message(
        _ bytes: [UInt8],
        role: MessageRole,
        content: [UInt8] = [],
        framing: ContentFraming = .noContent,
        findings: [Finding] = [],
        frame: Int = 4,
        nanoseconds: Int64 = 1_795_383_448_000_912_000
    ) -> Message {
        var message = Message()
        message.head.bytes = bytes
        message.head.findings = findings
        message.content = content
        message.contentLength = content.count
        message.framing = framing
        message.isComplete = true
        message.firstFrame = frame
        message.lastFrame = frame
        message.time = Timestamp(nanoseconds: nanoseconds)
        var start = 0
        while start < bytes.count {
            let feed = bytes[start...].firstIndex(of: 0x0A)
            let line = start..<(feed.map { $0 + 1 } ?? bytes.count)
            start = line.upperBound
            if line.lowerBound == 0 {
                message.head.startLine = startLine(line, of: bytes, role: role)
            } else if trimmed(line, of: bytes).isEmpty {
                message.head.isTerminated = true
                break
            } else {
                message.head.fieldLines.append(fieldLine(line, of: bytes))
            }
        }
        return message
    }

    static func message(
        _ text: String,
        role: MessageRole,
        content: String = "",
        framing: ContentFraming = .noContent,
        findings: [Finding] = [],
        frame: Int = 4,
        nanoseconds: Int64 = 1_795_383_448_000_912_000
    ) -> Message {
        message(
            Array(text.utf8),
            role: role,
            content: Array(content.utf8),
            framing: framing,
            findings: findings,
            frame: frame,
            nanoseconds: nanoseconds
        )
    }

    static func exchange(
        _ request: Message?,
        _ response: Message?,
        stream: Int = 2,
        findings: [Finding] = []
    ) -> Exchange {
        let loopback = IPAddress(version4: 0x7F00_0001)
        var exchange = Exchange(
            stream: stream,
            index: 0,
            client: Endpoint(address: loopback, port: 51234),
            server: Endpoint(address: loopback, port: 8080),
            request: request,
            response: response
        )
        exchange.findings = findings
        if request != nil, response != nil {
            exchange.timing.firstByte = 85_000
            exchange.timing.total = 1_250_000
        }
        return exchange
    }

    /// The third exchange of the report: a POST whose header section never ends, answered 204.
    static var unterminatedPost: Exchange {
        let request = "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Keep-Alive\r\n"
        let response = "HTTP/1.1 204 No content\nDate: Tue, 03 May 2022 16:57:42 KST\n\n"
        var first = message(
            request,
            role: .request,
            findings: [Finding(.unterminatedHeaderSection, bytes: 58..<58)],
            frame: 24
        )
        first.isComplete = false
        let second = message(
            response,
            role: .response,
            findings: [Finding(.bareLineFeed, bytes: 23..<24, occurrences: 3)],
            frame: 26,
            nanoseconds: 1_795_383_448_000_997_000
        )
        var pair = exchange(first, second)
        pair.timing.connect = 21_000
        return pair
    }

    /// The first exchange of the report: mixed line ends, white space, content until the close.
    static var getIndex: Exchange {
        let request = "GET /index.txt HTTP/1.1 \r\nHost: 127.0.0.1\r\nConnection: Keep-Alive \n\n"
        let response =
            "HTTP/1.1 200 OK\nDate: Tue, 03 May 2022 16:57:42 KST\nServer: 127.0.0.1\n\n"
        let first = message(
            request,
            role: .request,
            findings: [
                Finding(.extraWhitespace, bytes: 23..<24),
                Finding(.mixedLineEndings, bytes: 66..<67),
                Finding(.bareLineFeed, bytes: 66..<67, occurrences: 2),
            ]
        )
        var second = message(
            response,
            role: .response,
            content: "Hello World!\n",
            framing: .untilClose,
            findings: [
                Finding(.bareLineFeed, bytes: 15..<16, occurrences: 4),
                Finding(.noContentLengthUntilClose, bytes: 71..<84),
            ],
            frame: 6,
            nanoseconds: 1_795_383_448_000_997_000
        )
        second.lastFrame = 8
        return exchange(first, second, stream: 0, findings: [Finding(.missingHandshake)])
    }

    /// What `write` appends, as text.
    static func text(_ write: (inout OutputBuffer) -> Void) -> String {
        var buffer = OutputBuffer(capacity: 1)
        write(&buffer)
        return buffer.withBytes { String(decoding: [UInt8](copying: $0), as: UTF8.self) }
    }

    private static func trimmed(_ line: Range<Int>, of bytes: [UInt8]) -> Range<Int> {
        var (start, end) = (line.lowerBound, line.upperBound)
        while end > start, bytes[end - 1].isBlank || [0x0A, 0x0D].contains(bytes[end - 1]) {
            end -= 1
        }
        while start < end, bytes[start].isBlank { start += 1 }
        return start..<end
    }

    private static func fieldLine(_ line: Range<Int>, of bytes: [UInt8]) -> FieldLine {
        let text = trimmed(line, of: bytes)
        let colon = bytes[text].firstIndex(of: UInt8.colon)
        return FieldLine(
            name: text.lowerBound..<(colon ?? text.upperBound),
            value: colon.map { trimmed($0 + 1..<line.upperBound, of: bytes) }
                ?? text.upperBound..<text.upperBound,
            line: line,
            ending: .crlf,
            isFolded: false,
            hasColon: colon != nil
        )
    }

    private static func startLine(
        _ line: Range<Int>,
        of bytes: [UInt8],
        role: MessageRole
    ) -> StartLine {
        var start = StartLine()
        start.line = line
        let text = trimmed(line, of: bytes)
        let first = bytes[text].firstIndex(of: 0x20) ?? text.upperBound
        let rest = min(first + 1, text.upperBound)..<text.upperBound
        switch role {
        case .request:
            let last = bytes[rest].lastIndex(of: 0x20) ?? text.upperBound
            start.method = text.lowerBound..<first
            start.target = rest.lowerBound..<max(last, rest.lowerBound)
            start.version = min(last + 1, text.upperBound)..<text.upperBound
        case .response:
            let second = bytes[rest].firstIndex(of: 0x20) ?? text.upperBound
            start.version = text.lowerBound..<first
            start.status = rest.lowerBound..<second
            start.reason = min(second + 1, text.upperBound)..<text.upperBound
            start.statusCode = Int(String(decoding: bytes[start.status], as: UTF8.self))
        }
        return start
    }
}
