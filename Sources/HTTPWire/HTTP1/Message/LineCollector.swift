import Bytes
import Findings

/// The line that is being collected: a start line, or one of a header or trailer section.
struct LineCollector: Sendable {
    /// Where the line begins in the bytes that are kept of the head.
    var start = 0

    /// The length of a field line so far, bytes that are not kept included.
    private(set) var length = 0

    /// The first byte of a field line.
    private(set) var firstByte: UInt8 = 0

    /// Whether the field line is not kept.
    var isOmitted = false

    /// Whether the field line before this one was not kept.
    var isBehindOmitted = false

    /// Bytes of an overlong start line that were not kept.
    private(set) var omittedLength = 0

    /// The kind of a start line that has grown longer than ``ParserLimits/unclaimedLine``.
    var longLine: LongLine = .none

    /// Why only the lines that follow tell whether this is a start line.
    var doubt: Doubt = .none

    enum LongLine: Sendable {
        /// The line is not long.
        case none
        /// The line begins as a start line does: the middle is passed over.
        case startLine
        /// The line begins as no start line does: the beginning is given up.
        case foreign
    }

    enum Doubt: Sendable {
        case none
        /// The name of another protocol, a status line if a field line follows.
        case otherName
        /// A start line that text may quote: only a whole head behind it tells.
        case quotation
    }

    /// Whether only the lines that follow tell whether this is a start line.
    var isDoubtful: Bool { doubt != .none }

    /// Whether the line is long, however begun.
    var isLong: Bool {
        if case .none = longLine { false } else { true }
    }

    /// Whether the whole line is nothing but a line end.
    var isBlank: Bool { length == 1 || length == 2 && firstByte == .carriageReturn }

    /// Counts a piece of a field line.
    mutating func count(_ piece: Span<UInt8>) {
        if length == 0 { firstByte = piece[0] }
        length += piece.count
    }

    /// Goes on to the next field line.
    mutating func beginNext() { length = 0 }

    /// Takes a field line out of `head`, as too long, and keeps the bytes that tell the lines apart.
    ///
    /// - Parameters:
    ///   - piece: the part of the line that has just come.
    ///   - head: holds the line, as far as it came before.
    ///   - beginning: the first bytes of the line.
    mutating func omit(
        before piece: Span<UInt8>,
        in head: inout MessageHead,
        keeping beginning: inout [UInt8]
    ) {
        if !isOmitted { beginning = Array(head.bytes[start...].prefix(FindingDetail.limit)) }
        let room = FindingDetail.limit - beginning.count
        if room > 0 {
            beginning.append(copying: piece.extracting(0..<min(room, piece.count)))
        }
        head.bytes.removeSubrange(start...)
        isOmitted = true
    }

    /// Shortens a start line longer than `limit` by the middle: the end, which says the version,
    /// stays.
    ///
    /// So many bytes more are spared, so that not each byte of a line moves others.
    mutating func shorten(in head: inout MessageHead, to limit: Int, sparing spare: Int = 0) {
        let excess = head.bytes.count - start - limit
        guard excess > spare else { return }
        let middle = start + limit / 2
        head.bytes.removeSubrange(middle..<middle + excess)
        omittedLength += excess
    }
}
