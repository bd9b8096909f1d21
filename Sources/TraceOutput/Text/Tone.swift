package import Findings

/// The kind of a piece of text, as far as a terminal shows kinds in colours.
package enum Tone: Sendable, Hashable {
    case plain
    case heading
    case faint
    case method
    case error
    case warning
    case note
    case success

    /// The tone of a severity.
    package init(_ severity: Severity) {
        switch severity {
        case .error: self = .error
        case .warning: self = .warning
        case .note: self = .note
        }
    }

    /// The tone of a status code by class.
    package init(status: Int?) {
        switch status ?? 0 {
        case 100..<200, 300..<400: self = .note
        case 200..<300: self = .success
        case 400..<500: self = .warning
        default: self = .error
        }
    }

    fileprivate var sequence: StaticString {
        switch self {
        case .plain: ""
        case .heading, .method: "\u{1B}[1m"
        case .faint: "\u{1B}[2m"
        case .error: "\u{1B}[31m"
        case .warning: "\u{1B}[33m"
        case .note: "\u{1B}[36m"
        case .success: "\u{1B}[32m"
        }
    }
}

/// Whether tones are shown.
package struct Style: Sendable, Hashable {
    /// Whether ANSI colour sequences are written.
    package var usesColor: Bool

    package init(usesColor: Bool) { self.usesColor = usesColor }

    /// Begins a piece of text of `tone`; ``end(_:in:)`` ends the piece.
    package func begin(_ tone: Tone, in buffer: inout OutputBuffer) {
        if usesColor, tone != .plain { buffer.append(tone.sequence) }
    }

    /// Goes back to plain text.
    package func end(_ tone: Tone, in buffer: inout OutputBuffer) {
        if usesColor, tone != .plain { buffer.append("\u{1B}[0m") }
    }

    /// Writes a literal in `tone`.
    package func write(_ text: StaticString, _ tone: Tone, to buffer: inout OutputBuffer) {
        begin(tone, in: &buffer)
        buffer.append(text)
        end(tone, in: &buffer)
    }

    /// Writes `text`, which must be harmless, as the program's own words are, in `tone`.
    package func write(string text: String, _ tone: Tone, to buffer: inout OutputBuffer) {
        begin(tone, in: &buffer)
        buffer.append(string: text)
        end(tone, in: &buffer)
    }

    /// Writes a line of `─`.
    package func writeRule(width: Int, to buffer: inout OutputBuffer) {
        begin(.faint, in: &buffer)
        for _ in 0..<width / 8 { buffer.append("────────") }
        for _ in 0..<width % 8 { buffer.append("─") }
        end(.faint, in: &buffer)
        buffer.append("\n")
    }
}
