internal import Bytes
package import HTTPWire

/// A conversation on the wire and the events expected of it, as readable text.
///
/// ```text
/// # Why this conversation is worth a test.
/// limits 64 32              the header section's and the unclaimed line's limit in bytes
/// C: GET / HTTP/1.1\r\n     bytes of the client; `\r`, `\n`, `\t`, `\xNN`, `\\` are escapes, and a
/// S: HTTP/1.1 200 OK\r\n    line adds nothing of its own; adjacent lines of a side are one piece
/// gap S 1460                bytes that are missing from the capture
/// end S                     FIN; also: reset S, idle S, captured S
/// C begin 0                 an expected event
/// ```
package struct Transcript: Sendable {
    /// What happens on the wire.
    package enum Step: Sendable, Hashable {
        case bytes(WireSide, [UInt8])
        case interruption(WireSide, Interruption)
    }

    package private(set) var steps: [Step] = []
    /// The lines that the run must give.
    package private(set) var expected: [String] = []
    package private(set) var limits = ParserLimits()
    /// Lines that cannot be read.
    package private(set) var unreadable: [String] = []

    /// Reads a transcript.
    package init(_ text: String) {
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            if !read(String(line)) { unreadable.append(String(line)) }
        }
    }

    /// The events of the conversation when each piece of it is cut as `cut` says.
    package func log(cut: (_ step: Int, _ bytes: [UInt8]) -> [ArraySlice<UInt8>]) -> WireLog {
        var connection = ParsedConnection(limits: limits)
        for (index, step) in steps.enumerated() {
            switch step {
            case .bytes(let side, let bytes):
                for piece in cut(index, bytes) { connection.feed(side, Array(piece)) }
            case .interruption(let side, let cause): connection.interrupt(side, cause)
            }
        }
        connection.finish()
        return connection.log
    }

    private mutating func read(_ line: String) -> Bool {
        if line.hasPrefix("C ") || line.hasPrefix("S ") {
            expected.append(line)
            return true
        }
        if line.hasPrefix("C:") || line.hasPrefix("S:") {
            guard let side = WireSide(rawValue: String(line.prefix(1))),
                let bytes = Self.unescape(line.dropFirst(line.dropFirst(2).first == " " ? 3 : 2))
            else { return false }
            append(bytes, side)
            return true
        }
        return readDirective(line.split(separator: " "))
    }

    private mutating func append(_ bytes: [UInt8], _ side: WireSide) {
        if case .bytes(side, let earlier)? = steps.last {
            steps[steps.count - 1] = .bytes(side, earlier + bytes)
        } else {
            steps.append(.bytes(side, bytes))
        }
    }

    private mutating func readDirective(_ words: [Substring]) -> Bool {
        guard words.count >= 2 else { return false }
        if words[0] == "limits", words.count == 3, let section = Int(words[1]),
            let line = Int(words[2])
        {
            limits.headerSection = section
            limits.unclaimedLine = line
            return true
        }
        guard let side = WireSide(rawValue: String(words[1])) else { return false }
        let cause: Interruption
        switch (words[0], words.count) {
        case ("end", 2): cause = .endOfStream
        case ("reset", 2): cause = .reset
        case ("idle", 2): cause = .idle
        case ("captured", 2): cause = .captureEnded
        case ("gap", 3):
            guard let length = Int(words[2]) else { return false }
            cause = .gap(length)
        default: return false
        }
        steps.append(.interruption(side, cause))
        return true
    }

    private static func unescape(_ text: Substring) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "\\"): bytes.append(0x5C)
            case UInt8(ascii: "x"):
                guard let high = rest.popFirst()?.hexadecimalValue,
                    let low = rest.popFirst()?.hexadecimalValue
                else { return nil }
                bytes.append(high << 4 | low)
            default: return nil
            }
        }
        return bytes
    }
}
