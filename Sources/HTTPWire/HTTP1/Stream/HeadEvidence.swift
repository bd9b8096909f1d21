import Bytes

// Where the capture lacks what would tell where the next message begins, the bytes may be content, and
// content may quote a start line; so may text behind the end of a message. One in the midst of a segment
// is believed only with the whole head behind it: a segment that begins with it is evidence enough.

/// The outcome of the lines behind a supposed start line: a line that is no field line speaks against,
/// unless field lines up to a blank line follow the one.
enum HeadEvidence {
    case undecided
    /// The line is a start line.
    case startLine
    /// Somebody quotes a start line.
    case quotation

    /// Judges by `lines`, of which the last has just come or grown.
    ///
    /// - Parameters:
    ///   - lines: the bytes behind the supposed start line, at least one.
    ///   - isNextLineEnough: whether the place tells already that the line is a start line, as far as
    ///     the next line does not speak against that.
    ///   - isFull: whether no more can be kept.
    init(_ lines: Span<UInt8>, isNextLineEnough: Bool, isFull: Bool) {
        switch HeadLine(lastOf: lines) {
        case .unfinished where !isFull:
            self = .undecided
        case .unfinished:
            self = lines.firstIndex(of: .lineFeed) != nil ? .startLine : .quotation
        case .blank:
            let isAlone = Self.isFirstLineOdd(lines) && Self.count(lines) == 2
            self = isAlone ? .quotation : .startLine
        case .field:
            let isEnough = isFull || isNextLineEnough && !Self.isFirstLineOdd(lines)
            self = isEnough ? .startLine : .undecided
        case .other:
            let mayBeFault =
                isNextLineEnough && !isFull && Self.isFirstLineOdd(lines)
                && Self.count(lines) == 1
            self = mayBeFault ? .undecided : .quotation
        }
    }

    /// Judges by `lines` as no more will come: where the place does not tell, one whole field line
    /// has to be among them.
    init(last lines: Span<UInt8>, isNextLineEnough: Bool) {
        let isStartLine =
            !Self.isFirstLineOdd(lines) && (isNextLineEnough || Self.count(lines) > 0)
        self = isStartLine ? .startLine : .quotation
    }

    /// Whether the first line behind the start line is no field line.
    private static func isFirstLineOdd(_ lines: Span<UInt8>) -> Bool {
        guard let end = lines.firstIndex(of: .lineFeed) else { return false }
        return HeadLine(lastOf: lines.extracting(0..<end + 1)) == .other
    }

    private static func count(_ lines: Span<UInt8>) -> Int {
        lines.indices.count { lines[$0] == .lineFeed }
    }
}
