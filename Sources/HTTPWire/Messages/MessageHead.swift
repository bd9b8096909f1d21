import Bytes
package import Findings

/// The start line and the header section of one message, as they were on the wire.
///
/// Nothing is normalised: every part is a range of ``bytes``, and oddities stand in
/// ``findings``. Offsets in findings count from the message's first byte, as the ranges do.
package struct MessageHead: Sendable {
    /// The head as sent, from the first byte (blank lines before the start line included) to the
    /// end of the blank line that closes the section, or as far as sent.
    package var bytes: [UInt8] = []

    /// The start line (RFC 9112 §2.1), the parts as ranges of ``bytes``.
    package var startLine = StartLine()

    /// The field lines in order, also those that are not well formed.
    package var fieldLines: [FieldLine] = []

    /// The trailer section of a chunked message as sent, blank line included; most have none.
    package var trailerBytes: [UInt8] = []

    /// The trailer's field lines, as ranges of ``trailerBytes``.
    package var trailerLines: [FieldLine] = []

    /// The offset of ``trailerBytes`` in the message, in bytes from the first byte.
    package var trailerOffset = 0

    /// The faults of the message, content included, in the order of the bytes read.
    package var findings: [Finding] = []

    /// Whether the blank line that ends the header section was seen.
    package var isTerminated = false

    /// Whether every part is known to be printable ASCII, as each line is written as the
    /// grammar asks; `false` where nobody has looked.
    package var isPlain = false

    package init() {}

    /// The memory taken, in bytes, as far as that grows with the bytes sent.
    package var footprint: Int {
        bytes.count + trailerBytes.count
            + (fieldLines.count + trailerLines.count) * MemoryLayout<FieldLine>.stride
            + findings.count * MemoryLayout<Finding>.stride
    }

    /// The memory that the storage takes, in bytes, full or empty.
    package var storage: Int {
        bytes.capacity + trailerBytes.capacity
            + (fieldLines.capacity + trailerLines.capacity) * MemoryLayout<FieldLine>.stride
            + findings.capacity * MemoryLayout<Finding>.stride
    }

    /// Whether a field line has this name, letters of either case taken as equal.
    package func isNamed(_ field: FieldLine, _ name: StaticString) -> Bool {
        bytes.span.extracting(field.name).equalsIgnoringCase(name)
    }

    /// The kind of this request, as far as the framing of the response depends on that.
    // Inlined, as a call would be given a copy of the whole head.
    @inline(__always)
    var answeredBy: AnsweredRequest {
        if startLine.protocolVersion == .missing { return .withoutVersion }
        let method = bytes.span.extracting(startLine.method)
        switch method.count {
        case 4 where method.starts(with: "HEAD"): return .head
        case 7 where method.starts(with: "CONNECT"): return .connect
        default: return .ordinary
        }
    }

    /// Whether the sender of the request asks for leave to send the content (RFC 9110 §10.1.1).
    var expectsContinue: Bool {
        fieldLines.contains { field in
            isNamed(field, "Expect")
                && bytes.span.extracting(field.value).equalsIgnoringCase("100-continue")
        }
    }

    /// The most storage that is kept when the head is emptied, in bytes.
    private static let spareLimit = 16 << 10

    /// Empties the head and keeps the storage, so that a long trace does not allocate for each message;
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
