internal import Bytes

/// Why a script could not be played to its end.
package enum ScriptFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The time limit passed, and this had not come; so many bytes of it had.
    case timedOut(ScriptExpectation, Duration, received: Int)
    /// The other end closed its direction, and this had not come.
    case ended(ScriptExpectation, received: Int)
    /// The other end broke the connection where this was expected.
    case resetInstead(ScriptExpectation, received: Int)
    /// Other bytes came than these: at so many bytes from their beginning.
    case otherBytes(expected: [UInt8], received: [UInt8], at: Int)
    /// Bytes came where none were expected.
    case unexpectedBytes(ScriptExpectation, [UInt8])
    /// The other end broke the connection when there was still something to send.
    case resetBeforeSending(length: Int)
    /// What was sent was not taken within the time limit.
    case notTaken(length: Int, Duration)
    /// More came than is kept without being expected.
    case tooMuch(limit: Int)
    /// The whole took longer than it may.
    case tookTooLong(Duration)
    /// The system refused.
    case refused(String)

    package var description: String {
        switch self {
        case .timedOut(let expectation, let limit, let received):
            "expected \(expectation) did not come within \(limit.spelling): \(Self.had(received))"
                + Self.hint(expectation, received)
        case .ended(let expectation, let received):
            "the other end closed before the expected \(expectation): \(Self.had(received))"
                + Self.hint(expectation, received)
        case .resetInstead(let expectation, let received):
            "the other end reset the connection before the expected \(expectation): "
                + Self.had(received)
        case .otherBytes(let expected, let received, let index):
            "expected \(Self.quote(expected, around: index)), got "
                + "\(Self.quote(received, around: index)): they differ at byte \(index)"
        case .unexpectedBytes(let expectation, let bytes):
            "expected \(expectation), got \(Self.quote(bytes, around: 0))"
        case .resetBeforeSending(let length):
            "the other end reset the connection with \(length) bytes still to be sent"
        case .notTaken(let length, let limit):
            "the other end took none of the last \(length) bytes within \(limit.spelling)"
        case .tooMuch(let limit): "more than \(limit) bytes came that were not expected"
        case .tookTooLong(let limit): "the connection was not over within \(limit.spelling)"
        case .refused(let reason): reason
        }
    }

    private static func had(_ count: Int) -> String {
        switch count {
        case 0: "nothing had come"
        case 1: "1 byte had come"
        default: "\(count) bytes had come"
        }
    }

    /// What somebody may have meant who waits for one kind of message where others come.
    private static func hint(_ expectation: ScriptExpectation, _ received: Int) -> String {
        guard received > 0 else { return "" }
        switch expectation {
        case .message(.request): return " (a client waits for its answer with expect response)"
        case .message(.response): return " (a server waits with expect request)"
        case _: return ""
        }
    }

    private static func quote(_ bytes: [UInt8], around index: Int) -> String {
        let start = max(0, index - 20)
        let end = min(bytes.count, index + 40)
        guard start < end else { return "nothing" }
        let text = EscapedText.escape(bytes.span.extracting(start..<end))
        return "\(start > 0 ? "…" : "")\"\(text)\"\(end < bytes.count ? "…" : "")"
    }
}
