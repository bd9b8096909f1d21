/// A script that cannot be read: where, and what is wrong there.
package struct ScriptError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What can be wrong.
    package enum Problem: Sendable, Hashable {
        case unknownWord(String)
        case unknownExpectation(String)
        case unknownEscape
        case noNumber(String)
        case noDuration(String)
        case nothingToExpect
        case tooMuch(String)
        case tooLong(limit: Int)
        case noPieces
        case endlessLoop
        case afterTheEnd
        case empty
    }

    /// Counted from 1.
    package let line: Int
    /// Counted from 1, in characters.
    package let column: Int
    package let problem: Problem

    package var description: String { "line \(line), column \(column): \(sentence)" }

    private var sentence: String {
        switch problem {
        case .unknownWord(let word):
            "\"\(word)\" is no step: a line begins with >, <, #, or with expect, cut, drip, fill, "
                + "pause, loop, again, half-close, close, reset or connection"
        case .unknownExpectation(let word):
            "\"\(word)\" cannot be expected: there are request, response, N bytes, anything, "
                + "until BYTES, silence DURATION, end and reset"
        case .unknownEscape:
            "no such escape: there are \\r, \\n, \\t, \\xNN, and \\\\ for a backslash"
        case .noNumber(let word): "a whole number from 1 on is needed here, not \"\(word)\""
        case .noDuration(let word): "a time such as 200ms or 1.5s is needed here, not \"\(word)\""
        case .nothingToExpect: "there are no bytes here"
        case .tooMuch(let word): "\"\(word)\" is more than belongs here"
        case .tooLong(let limit): "a segment of more than \(limit) bytes"
        case .noPieces: "drip stands before lines with bytes to send"
        case .endlessLoop: "this goes back for ever to steps that neither wait nor send"
        case .afterTheEnd: "nothing can be done here: the connection is closed before"
        case .empty: "the script has no step"
        }
    }
}
