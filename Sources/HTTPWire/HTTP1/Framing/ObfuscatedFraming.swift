import Bytes
import Findings

/// Framing fields that not everybody takes for such, with which requests are smuggled.
enum ObfuscatedFraming {
    /// Notes a line that is a framing field to some recipients only: by the name, or by bytes
    /// around the colon and in the value; `content` is the line without the line end.
    static func check(
        _ name: KnownFieldName,
        _ field: FieldLine,
        _ content: Range<Int>,
        in head: inout MessageHead
    ) {
        var isDoubtful = name == .framingLike || head.bytes[field.name.upperBound] != .colon
        for index in field.name.upperBound..<content.upperBound {
            let byte = head.bytes[index]
            isDoubtful = isDoubtful || byte < .space || byte == 0x7F
        }
        if isDoubtful { head.note(.obfuscatedFramingField, field.line) }
    }

    /// Notes a fold in a framing field, the one at `last`, and a line that is a framing field to
    /// recipients that do not know folds.
    static func checkFold(_ line: Range<Int>, onto last: Int, in head: inout MessageHead) {
        let isDoubtful =
            isFraming(head.fieldLines[last].name, in: head.bytes.span)
            || isFramingBehindBlanks(line, in: head.bytes.span)
        if isDoubtful { head.note(.obfuscatedFramingField, line) }
    }

    /// Notes a framing field behind a carriage return, where some recipients have a line begin.
    static func checkBareReturns(_ range: Range<Int>, in head: inout MessageHead) {
        var start = range.lowerBound
        while let found = head.bytes.span.firstIndex(of: .carriageReturn, from: start),
            found < range.upperBound
        {
            start = found + 1
            let rest = start..<range.upperBound
            if isFramingBehindBlanks(rest, in: head.bytes.span) {
                head.note(.obfuscatedFramingField, rest)
            }
        }
    }

    private static func isFraming(_ name: Range<Int>, in bytes: Span<UInt8>) -> Bool {
        KnownFieldName(bytes.extracting(name))?.isFraming ?? false
    }

    private static func isFramingBehindBlanks(_ line: Range<Int>, in bytes: Span<UInt8>) -> Bool {
        let inner = FieldLineSyntax(bytes, line: bytes.trimming(line), ending: .none).field
        return inner.hasColon && isFraming(inner.name, in: bytes)
    }
}
