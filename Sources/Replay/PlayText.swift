internal import Bytes
package import PeerTransport
internal import Peers
package import TraceOutput

/// What a play came to, as text that is a script itself.
package enum PlayText {
    /// The most bytes of a segment that are shown unless all are asked for.
    private static let shownBytes = 4096

    /// Appends a play.
    package static func append(_ play: Play, showsAll: Bool, to buffer: inout OutputBuffer) {
        append(headOf: play, to: &buffer)
        var wasSent = false
        for moment in play.moments {
            append(moment, showsAll, behindSent: wasSent, to: &buffer)
            if case .sent = moment.event { wasSent = true } else { wasSent = false }
        }
        if play.omitted > 0 { line("# \(play.omitted) bytes more are not shown", to: &buffer) }
        for message in play.messages { line("# \(sentence(message))", to: &buffer) }
        if let failure = play.failure {
            line("# failed: \(EscapedText.harmless(failure))", to: &buffer)
        }
    }

    private static func append(headOf play: Play, to buffer: inout OutputBuffer) {
        let ends =
            play.local.map {
                play.connectTime == nil ? "\(play.peer) to \($0)" : "\($0) to \(play.peer)"
            }
            ?? "none to \(play.peer)"
        buffer.append(string: "# connection \(play.number): \(EscapedText.harmless(ends))")
        if let time = play.connectTime {
            buffer.append(", connected in ")
            buffer.append(duration: nanoseconds(time))
        }
        buffer.append("\n")
    }

    private static func append(
        _ moment: Play.Moment,
        _ showsAll: Bool,
        behindSent: Bool,
        to buffer: inout OutputBuffer
    ) {
        let (what, step): (String, String?) =
            switch moment.event {
            case .sent(let bytes): ("sent \(count(bytes))", nil)
            case .received(let bytes): ("received \(count(bytes))", nil)
            case .halfClosed: ("closed for sending", "half-close")
            case .broken: ("reset", "reset")
            case .ended: ("the other end closed", "expect end")
            case .reset: ("the other end reset the connection", "expect reset")
            }
        buffer.append("# ")
        // Microseconds: the digits behind them are the scheduler's.
        buffer.append(seconds: nanoseconds(moment.time) / 1000 * 1000, leastDigits: 6)
        line(" s: \(what)", to: &buffer)
        if let step { line(step, to: &buffer) }
        switch moment.event {
        case .sent(let bytes):
            if behindSent { line("cut", to: &buffer) }
            append(bytes, mark: ">", showsAll, to: &buffer)
        case .received(let bytes): append(bytes, mark: "<", showsAll, to: &buffer)
        case .halfClosed, .broken, .ended, .reset: break
        }
    }

    private static func append(
        _ bytes: [UInt8],
        mark: String,
        _ showsAll: Bool,
        to buffer: inout OutputBuffer
    ) {
        let shown = showsAll ? bytes : Array(bytes.prefix(shownBytes))
        for text in Script.lines(of: shown, mark: mark) { line(text, to: &buffer) }
        if shown.count < bytes.count {
            line("# … \(bytes.count - shown.count) bytes more; --all shows them", to: &buffer)
        }
    }

    private static func count(_ bytes: [UInt8]) -> String {
        bytes.count == 1 ? "1 byte" : "\(bytes.count) bytes"
    }

    private static func sentence(_ message: PlayedMessage) -> String {
        let what =
            message.role == .request
            ? "request \(message.method) \(message.target)"
            : (message.interim.map { "\($0), " }.joined()
                + "answered \(message.status.map(String.init) ?? "without status")")
        let end = message.isComplete ? "" : ", cut short"
        let findings =
            message.findings.isEmpty
            ? "" : "; findings: \(message.findings.map(\.rawValue).joined(separator: ", "))"
        return "\(what), \(message.contentLength) bytes of content\(end)\(findings)"
    }

    private static func line(_ text: String, to buffer: inout OutputBuffer) {
        buffer.append(string: text)
        buffer.append("\n")
    }

    private static func nanoseconds(_ time: Duration) -> Int64 { Int64(time / .nanoseconds(1)) }
}
