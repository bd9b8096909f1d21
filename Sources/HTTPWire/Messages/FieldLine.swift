/// One line of a header or trailer section, with the obsolete continuation lines.
package struct FieldLine: Sendable, Hashable {
    /// The name as sent; the whole line where there is no colon.
    package var name: Range<Int>
    /// The value without surrounding white space; with line ends where folded.
    package var value: Range<Int>
    /// The whole line or lines, line ends included.
    package var line: Range<Int>
    /// How the last of the lines ends.
    package var ending: LineEnding
    /// Whether obsolete line folding continues the value on further lines (RFC 9112 §5.2).
    package var isFolded: Bool
    /// Whether the line has a colon.
    package var hasColon: Bool

    /// Creates a field line from the parts.
    package init(
        name: Range<Int>,
        value: Range<Int>,
        line: Range<Int>,
        ending: LineEnding,
        isFolded: Bool,
        hasColon: Bool
    ) {
        self.name = name
        self.value = value
        self.line = line
        self.ending = ending
        self.isFolded = isFolded
        self.hasColon = hasColon
    }

    /// Takes another line as the continuation of the value (RFC 9112 §5.2).
    mutating func continueValue(to content: Range<Int>, line: Range<Int>, ending: LineEnding) {
        if !content.isEmpty {
            let start = value.isEmpty ? content.lowerBound : value.lowerBound
            value = start..<content.upperBound
        }
        self.line = self.line.lowerBound..<line.upperBound
        self.ending = ending
        isFolded = true
    }
}
