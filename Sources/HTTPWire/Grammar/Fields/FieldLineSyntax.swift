import Bytes
import Findings

/// One field line taken apart (RFC 9112 §5), and the oddities of the syntax.
struct FieldLineSyntax {
    /// The parts of the line.
    var field: FieldLine
    private var blanksBeforeColon: Range<Int>?
    private var isNameInvalid = false

    /// Takes apart the whole line that lies at `line` in `bytes`.
    init(_ bytes: Span<UInt8>, line: Range<Int>, ending: LineEnding) {
        let end = line.upperBound - ending.length
        guard let colon = bytes.firstIndex(of: .colon, from: line.lowerBound), colon < end else {
            let whole = bytes.trimming(line.lowerBound..<end)
            field = FieldLine(
                name: whole,
                value: whole.upperBound..<whole.upperBound,
                line: line,
                ending: ending,
                isFolded: false,
                hasColon: false
            )
            return
        }
        var nameEnd = colon
        while nameEnd > line.lowerBound, bytes[nameEnd - 1].isBlank { nameEnd -= 1 }
        if nameEnd < colon { blanksBeforeColon = nameEnd..<colon }
        field = FieldLine(
            name: line.lowerBound..<nameEnd,
            value: bytes.trimming(colon + 1..<end),
            line: line,
            ending: ending,
            isFolded: false,
            hasColon: true
        )
        isNameInvalid = nameEnd == line.lowerBound || !bytes.isToken(field.name)
    }

    /// Adds the oddities to `findings`, the line's offsets moved by `offset`.
    func report(to findings: inout [Finding], at offset: Int) {
        func note(_ code: FindingCode, _ range: Range<Int>) {
            findings.note(
                Finding(code, bytes: range.lowerBound + offset..<range.upperBound + offset)
            )
        }
        if !field.hasColon { note(.missingColon, field.line) }
        if let blanksBeforeColon { note(.whitespaceBeforeColon, blanksBeforeColon) }
        if isNameInvalid { note(.invalidFieldName, field.name) }
    }
}

extension Span<UInt8> {
    /// `range` without blanks at either end.
    func trimming(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, self[start].isBlank { start += 1 }
        while end > start, self[end - 1].isBlank { end -= 1 }
        return start..<end
    }

    fileprivate func isToken(_ range: Range<Int>) -> Bool {
        for index in range where !self[index].isToken { return false }
        return true
    }
}
