internal import Bytes

extension Script {
    /// The script as ``ScriptReader`` reads it.
    package var text: String {
        sections.map { Self.text(of: $0) }.joined(separator: "connection\n")
    }

    private static func text(of steps: [ScriptStep]) -> String {
        var lines: [String] = []
        for (index, step) in steps.enumerated() {
            if index > 0, step.isSegment, steps[index - 1].isSegment { lines.append("cut") }
            if index > 0, step.isLiteral, steps[index - 1].isLiteral { lines.append("cut") }
            lines += step.lines
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// `bytes` as lines of a script that begin with `mark`: a line for each line of the bytes, and
    /// for each portion of a long one.
    package static func lines(of bytes: [UInt8], mark: String) -> [String] {
        var lines: [String] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: .lineFeed).map { $0 + 1 } ?? rest.endIndex
            let line = rest[..<end].prefix(lineLimit)
            lines.append("\(mark) \(EscapedText.escape(Array(line).span))")
            rest = rest[line.endIndex...]
        }
        return lines
    }

    private static let lineLimit = 1000
}

extension ScriptStep {
    fileprivate var isSegment: Bool {
        switch self {
        case .send: true
        case .drip, .pause, .expect, .loop, .again, .halfClose, .close, .reset: false
        }
    }

    fileprivate var isLiteral: Bool {
        if case .expect(.bytes) = self { true } else { false }
    }

    fileprivate var lines: [String] {
        switch self {
        case .send(let bytes): Script.lines(of: bytes, mark: ">")
        case .drip(let bytes, let size, let interval):
            ["drip \(size) \(interval.spelling)"] + Script.lines(of: bytes, mark: ">") + ["cut"]
        case .pause(let time): ["pause \(time.spelling)"]
        case .expect(.bytes(let bytes)): Script.lines(of: bytes, mark: "<")
        case .expect(let expectation): ["expect \(expectation)"]
        case .loop: ["loop"]
        case .again(let times): [times.map { "again \($0)" } ?? "again"]
        case .halfClose: ["half-close"]
        case .close: ["close"]
        case .reset: ["reset"]
        }
    }
}

extension ScriptExpectation: CustomStringConvertible {
    /// As it stands in a script behind `expect`, and in the sentence that says it was not met.
    package var description: String {
        switch self {
        case .bytes(let bytes):
            "\"\(EscapedText.escape(Array(bytes.prefix(60)).span))\(bytes.count > 60 ? "…" : "")\""
        case .count(let count): "\(count) \(count == 1 ? "byte" : "bytes")"
        case .anything: "anything"
        case .until(let bytes):
            // A blank in front would be taken for one that only separates.
            bytes.first == .space
                ? "until \\x20\(EscapedText.escape(bytes.span.extracting(droppingFirst: 1)))"
                : "until \(EscapedText.escape(bytes.span))"
        case .message(.request): "request"
        case .message(.response): "response"
        case .silence(let time): "silence \(time.spelling)"
        case .end: "end"
        case .reset: "reset"
        }
    }
}
