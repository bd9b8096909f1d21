package import Findings

/// Which half of an exchange a message is.
package enum MessageRole: Sendable, Hashable {
    case request
    case response
}

/// The start line and the header section of one message, as they were on the wire.
///
/// Nothing is normalised: every part is a range of ``bytes``, and what is odd about it stands in
/// ``findings``. Offsets in findings count from the message's first byte, as the ranges do.
package struct MessageHead: Sendable {
    /// The head as sent, from the first byte (blank lines before the start line included) to the
    /// end of the blank line that closes it, or as far as it went.
    package var bytes: [UInt8] = []

    /// The start line (RFC 9112 §2.1), its parts as ranges of ``bytes``.
    package var startLine = StartLine()

    /// The field lines in order, also those that are not well formed.
    package var fieldLines: [FieldLine] = []

    /// The trailer section of a chunked message as sent, blank line included; most have none.
    package var trailerBytes: [UInt8] = []

    /// The trailer's field lines, as ranges of ``trailerBytes``.
    package var trailerLines: [FieldLine] = []

    /// The offset of ``trailerBytes`` in the message, in bytes from its first byte.
    package var trailerOffset = 0

    /// What is wrong with the message, content included, in the order it was found.
    package var findings: [Finding] = []

    /// Whether the blank line that ends the header section was seen.
    package var isTerminated = false

    /// Whether every part of it is known to be printable ASCII, as each line is written as the
    /// grammar asks; `false` where nobody has looked.
    package var isPlain = false

    package init() {}

    /// The memory that it takes, in bytes, as far as that grows with what was sent.
    package var footprint: Int {
        bytes.count + trailerBytes.count
            + (fieldLines.count + trailerLines.count) * MemoryLayout<FieldLine>.stride
            + findings.count * MemoryLayout<Finding>.stride
    }

    /// The memory that its storage takes, in bytes, whether anything is in it or not.
    package var storage: Int {
        bytes.capacity + trailerBytes.capacity
            + (fieldLines.capacity + trailerLines.capacity) * MemoryLayout<FieldLine>.stride
            + findings.capacity * MemoryLayout<Finding>.stride
    }

    /// The most storage that it keeps when it is emptied, in bytes.
    private static let spareLimit = 16 << 10

    /// Empties it and keeps the storage, so that a long trace does not allocate for each message;
    /// unless that is large, as every place in turn would come to have some of a rare large message.
    package mutating func reset() {
        guard storage <= Self.spareLimit else {
            self = MessageHead()
            return
        }
        if !bytes.isEmpty { bytes.removeAll(keepingCapacity: true) }
        startLine = StartLine()
        if !fieldLines.isEmpty { fieldLines.removeAll(keepingCapacity: true) }
        // Most messages have neither a trailer nor findings.
        if !trailerBytes.isEmpty { trailerBytes.removeAll(keepingCapacity: true) }
        if !trailerLines.isEmpty { trailerLines.removeAll(keepingCapacity: true) }
        trailerOffset = 0
        if !findings.isEmpty { findings.removeAll(keepingCapacity: true) }
        isTerminated = false
        isPlain = false
    }
}

/// A request line or status line taken apart; every range counts from the message's first byte.
package struct StartLine: Sendable, Hashable {
    /// The whole line, its line end included.
    package var line: Range<Int> = 0..<0
    /// How the line ends.
    package var ending: LineEnding = .none
    /// The method of a request; empty for a response.
    package var method: Range<Int> = 0..<0
    /// The request target as sent; empty for a response.
    package var target: Range<Int> = 0..<0
    /// The version as sent; empty where the line has none (HTTP/0.9).
    package var version: Range<Int> = 0..<0
    /// The status code as sent; empty for a request and for a response with none.
    package var status: Range<Int> = 0..<0
    /// The reason phrase of a response; may be empty.
    package var reason: Range<Int> = 0..<0
    /// The value of ``status`` where it is made of digits, up to 999.
    package var statusCode: Int?
    /// The version by its digits.
    package var protocolVersion: ProtocolVersion = .missing

    package init() {}
}

/// A version token by what it means.
package enum ProtocolVersion: Sendable, Hashable {
    /// No version: HTTP/0.9.
    case missing
    /// `HTTP/1.minor`.
    case http1(minor: UInt8)
    /// `HTTP/major.minor` or `HTTP/2`, a version that is not 1.x.
    case other(major: UInt8)
    /// Not of the form `HTTP/digit.digit`.
    case invalid
}

/// How a line ended on the wire.
package enum LineEnding: Sendable, Hashable {
    /// CR LF, as RFC 9112 §2.2 asks.
    case crlf
    /// A line feed alone.
    case lineFeed
    /// The bytes ended before the line did.
    case none
}

/// One line of a header or trailer section, with obsolete continuation lines that belong to it.
package struct FieldLine: Sendable, Hashable {
    /// The name as sent; the whole line where it has no colon.
    package var name: Range<Int>
    /// The value without surrounding white space; with its line ends where it is folded.
    package var value: Range<Int>
    /// The whole line or lines, line ends included.
    package var line: Range<Int>
    /// How the last of its lines ends.
    package var ending: LineEnding
    /// Whether obsolete line folding continues the value on further lines (RFC 9112 §5.2).
    package var isFolded: Bool
    /// Whether the line has a colon.
    package var hasColon: Bool

    /// Creates a field line from its parts.
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
}
