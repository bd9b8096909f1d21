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
/// C begin 0                 an expected event of the parsers
/// ```
///
/// What concerns the pair or TCP is run through a tracer, in frames; there are also
///
/// ```text
/// joined                    the capture has no handshake
/// again C                   the last piece of a side is sent once more, later
/// twice C                   the same, but captured twice and not sent twice
/// late C                    the piece before is captured behind the next one of its side
/// lost C                    the piece before is lost, and sent again 300 ms behind the next one
/// other C: GET /b           bytes sent in the place of the last piece's first ones
/// damaged C: GET /c         bytes with a wrong checksum, at the next place
/// urgent C: !               bytes whose last is marked as urgent
/// full C                    a segment that announces no room (window 0)
/// refuse C                  a reset that acknowledges nothing, as of one who knows of no connection
/// stray-reset S             a reset whose number is 4,000 beyond the next
/// stray-syn C               a SYN with another number, which nobody answers
/// stray C: GET /b           bytes with a number 4,000 before the first of the side
/// flagless S: HTTP/1.1 200  bytes without the ACK flag, in the place of the next ones
/// padding C                 an acknowledgement with six zero bytes that are not counted
/// back 10                   the clock of the capture goes back by so many seconds
/// uncounted                 neither side counts its SYN
/// insisting                 the SYN is sent a second time, a second after the first
/// snaplen 60                frames from here on are cut to so many bytes
/// verify                    checksums are looked at
/// X GET / -> 200            an expected exchange of the tracer
/// X finding pipelined       a finding about the exchange; request and response have their own
/// ```
package struct Transcript: Sendable {
    /// What happens on the wire.
    package enum Step: Sendable, Hashable {
        case bytes(WireSide, [UInt8])
        case interruption(WireSide, Interruption)
        case again(WireSide)
        case twice(WireSide)
        case late(WireSide)
        case lost(WireSide)
        case other(WireSide, [UInt8])
        case damaged(WireSide, [UInt8])
        case urgent(WireSide, [UInt8])
        case flagless(WireSide, [UInt8])
        case full(WireSide)
        case refusal(WireSide)
        case strayReset(WireSide)
        case straySYN(WireSide)
        case stray(WireSide, [UInt8])
        case padding(WireSide)
        case back(seconds: Int)
        case snaplen(Int)
    }

    package private(set) var steps: [Step] = []
    /// The lines that the run of the parsers must give.
    package private(set) var expected: [String] = []
    /// The lines that the run of the tracer must give; without any, its run is not expected to give
    /// something in particular.
    package private(set) var expectedTrace: [String] = []
    /// What the tracer is to be told.
    package private(set) var hasHandshake = true
    /// Whether the SYN is sent twice.
    package private(set) var repeatsHandshake = false
    /// Whether the sides count their SYN.
    package private(set) var countsHandshake = true
    package private(set) var verifiesChecksums = false
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
            case .again, .twice, .late, .lost, .other, .damaged, .urgent, .flagless, .full,
                .refusal, .strayReset, .straySYN, .stray, .padding, .back, .snaplen:
                break
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
        if line.hasPrefix("X ") {
            expectedTrace.append(line)
            return true
        }
        if let (side, bytes) = Self.bytes(of: line[...]) {
            append(bytes, side)
            return true
        }
        let words = line.split(separator: " ")
        return readPiece(line, words) || readOption(words) || readDirective(words)
    }

    /// The bytes of `C: …` or `S: …`.
    private static func bytes(of line: Substring) -> (WireSide, [UInt8])? {
        guard line.dropFirst().first == ":",
            let side = WireSide(rawValue: String(line.prefix(1))),
            let bytes = unescape(line.dropFirst(line.dropFirst(2).first == " " ? 3 : 2))
        else { return nil }
        return (side, bytes)
    }

    /// Reads a line about a single segment: a word, a side, and perhaps bytes.
    private mutating func readPiece(_ line: String, _ words: [Substring]) -> Bool {
        guard words.count >= 2, let name = words.first else { return false }
        if let (side, bytes) = Self.bytes(of: line.dropFirst(name.count + 1)) {
            switch name {
            case "other": steps.append(.other(side, bytes))
            case "damaged": steps.append(.damaged(side, bytes))
            case "urgent": steps.append(.urgent(side, bytes))
            case "stray": steps.append(.stray(side, bytes))
            case "flagless": steps.append(.flagless(side, bytes))
            default: return false
            }
            return true
        }
        guard words.count == 2, let side = WireSide(rawValue: String(words[1])) else {
            return false
        }
        switch name {
        case "again": steps.append(.again(side))
        case "twice": steps.append(.twice(side))
        case "late": steps.append(.late(side))
        case "lost": steps.append(.lost(side))
        case "full": steps.append(.full(side))
        case "refuse": steps.append(.refusal(side))
        case "stray-reset": steps.append(.strayReset(side))
        case "stray-syn": steps.append(.straySYN(side))
        case "padding": steps.append(.padding(side))
        default: return false
        }
        return true
    }

    private mutating func readOption(_ words: [Substring]) -> Bool {
        switch (words.first, words.count) {
        case ("joined", 1): hasHandshake = false
        case ("insisting", 1): repeatsHandshake = true
        case ("uncounted", 1): countsHandshake = false
        case ("back", 2):
            guard let seconds = Int(words[1]) else { return false }
            steps.append(.back(seconds: seconds))
        case ("verify", 1): verifiesChecksums = true
        case ("snaplen", 2):
            guard let length = Int(words[1]) else { return false }
            steps.append(.snaplen(length))
        default: return false
        }
        return true
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

    /// The bytes that `text` stands for; `nil` where an escape is none.
    package static func unescape(_ text: Substring) -> [UInt8]? {
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
