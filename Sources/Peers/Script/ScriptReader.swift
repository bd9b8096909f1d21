internal import Bytes

/// Reads a script from text; the language is that of ``ScriptHelp``.
package struct ScriptReader {
    /// The most bytes of a segment.
    package static let segmentLimit = 64 << 20

    private var sections: [[ScriptStep]] = [[]]
    /// The bytes of the segment at hand, and of the expectation at hand.
    private var segment: [UInt8] = []
    private var expected: [UInt8] = []
    /// How the segment at hand is to be sent in pieces.
    private var drip: (size: Int, interval: Duration, line: Int)?

    private init() {}

    /// Reads `text`.
    ///
    /// - Throws: ``ScriptError`` with the place of the first mistake.
    package static func read(_ text: [UInt8]) throws(ScriptError) -> Script {
        var reader = ScriptReader()
        var number = 0
        for bytes in text.split(separator: .lineFeed, omittingEmptySubsequences: false) {
            number += 1
            let isReturned = bytes.last == .carriageReturn
            try reader.read(ScriptLine(number, Array(isReturned ? bytes.dropLast() : bytes)))
        }
        try reader.finishBytes()
        let steps = reader.sections.flatMap { $0 }
        guard !steps.isEmpty else { throw ScriptError(line: 1, column: 1, problem: .empty) }
        return Script(sections: reader.sections)
    }

    private mutating func read(_ line: ScriptLine) throws(ScriptError) {
        var line = line
        switch line.first {
        case nil, UInt8(ascii: "#"): return
        case UInt8(ascii: ">"):
            finishExpected()
            try checkOpen(line, isSending: true)
            try append(try line.bytes(behind: 1), line)
        case UInt8(ascii: "<"):
            try finishSegment()
            try checkOpen(line, isSending: false)
            expected += try line.bytes(behind: 1)
        default:
            guard let word = line.nextWord() else { return }
            if word.text == "fill" {
                finishExpected()
                try checkOpen(line, isSending: true)
                let count = try line.count()
                let bytes = try line.remainingBytes()
                let (size, overflow) = count.multipliedReportingOverflow(by: bytes.count)
                guard !overflow, size <= Self.segmentLimit else {
                    throw line.error(.tooLong(limit: Self.segmentLimit), at: word)
                }
                for _ in 0..<count { segment += bytes }
            } else {
                try finishBytes()
                try read(word, &line)
            }
        }
    }

    /// Makes sure that a step has a connection to be done on.
    private func checkOpen(
        _ line: ScriptLine,
        at index: Int = 0,
        isSending: Bool
    ) throws(ScriptError) {
        let steps = sections[sections.count - 1]
        let isOver: Bool
        switch steps.last {
        case .close, .reset, .again(times: nil): isOver = true
        case nil, .send, .drip, .pause, .expect, .loop, .again, .halfClose: isOver = false
        }
        guard !isOver, !(isSending && steps.contains(.halfClose)) else {
            throw line.error(.afterTheEnd, at: index)
        }
    }

    private mutating func append(_ bytes: [UInt8], _ line: ScriptLine) throws(ScriptError) {
        guard segment.count + bytes.count <= Self.segmentLimit else {
            throw ScriptError(
                line: line.number,
                column: 1,
                problem: .tooLong(limit: Self.segmentLimit)
            )
        }
        segment += bytes
    }

    private mutating func read(
        _ word: ScriptLine.Word,
        _ line: inout ScriptLine
    ) throws(ScriptError) {
        if word.text == "connection" {
            // Before anything else it only says what follows.
            if !sections[sections.count - 1].isEmpty { sections.append([]) }
            return try line.end()
        }
        try checkOpen(line, at: word.index, isSending: ["drip", "half-close"].contains(word.text))
        switch word.text {
        case "expect": add(.expect(try line.expectation()))
        case "cut": break
        case "drip": drip = (try line.count(), try line.duration(), line.number)
        case "pause": add(.pause(try line.duration()))
        case "loop": add(.loop)
        case "again": try addAgain(word, &line)
        case "half-close": add(.halfClose)
        case "close": add(.close)
        case "reset": add(.reset)
        default: throw line.error(.unknownWord(word.text), at: word)
        }
        try line.end()
    }

    private mutating func addAgain(
        _ word: ScriptLine.Word,
        _ line: inout ScriptLine
    ) throws(ScriptError) {
        let times = line.isAtEnd ? nil : try line.count()
        let steps = sections[sections.count - 1]
        let repeated = steps.suffix(while: { $0 != .loop })
        guard times != nil || repeated.contains(where: \.takesTime) else {
            throw line.error(.endlessLoop, at: word)
        }
        add(.again(times: times))
    }

    private mutating func add(_ step: ScriptStep) {
        sections[sections.count - 1].append(step)
    }

    private mutating func finishBytes() throws(ScriptError) {
        finishExpected()
        try finishSegment()
    }

    private mutating func finishExpected() {
        guard !expected.isEmpty else { return }
        add(.expect(.bytes(expected)))
        expected = []
    }

    private mutating func finishSegment() throws(ScriptError) {
        let pieces = drip
        guard !segment.isEmpty else {
            guard let pieces else { return }
            throw ScriptError(line: pieces.line, column: 1, problem: .noPieces)
        }
        drip = nil
        let bytes = segment
        segment = []
        guard let pieces else { return add(.send(bytes)) }
        add(.drip(bytes, size: pieces.size, interval: pieces.interval))
    }
}

extension ScriptStep {
    /// Whether it waits or sends.
    fileprivate var takesTime: Bool {
        switch self {
        case .send, .drip, .pause, .expect, .halfClose, .close, .reset: true
        case .loop, .again: false
        }
    }
}

extension [ScriptStep] {
    /// The steps behind the last that `isInside` rejects.
    fileprivate func suffix(while isInside: (ScriptStep) -> Bool) -> ArraySlice<ScriptStep> {
        let border = lastIndex { !isInside($0) }
        return self[(border.map { $0 + 1 } ?? startIndex)...]
    }
}
