import Bytes
import Findings

/// The place in the stream, as far as earlier messages and the bytes behind them tell.
struct StreamPlace: Sendable {
    /// Whether a message begins here.
    var isAligned = true

    /// Whether the message before ended here as the framing says, whatever is missing.
    private(set) var isAtBoundary = true

    /// Whether a gap lies between the last message whose end is known and this place, so that what
    /// stands here may be the rest of something.
    var isBehindGap = false

    /// Whether a message has ended in front of this place.
    private(set) var isBehindMessage = false

    /// Whether the capture lacks the bytes that would tell where the next message begins.
    var isLost = false

    /// Whether a message before announced a close of the connection by the sender.
    var isAfterClose = false

    /// Where in the kept bytes of the line at hand the sender began a segment, or whether one began
    /// where the next response may stand; as far as ``MessageParser/noteSegment()`` tells.
    var segmentStart: Int? = 0

    /// Whether the line being collected begins a segment, but for blank lines in front.
    var lineBeginsSegment = false

    /// The word right in front of the request line that is read next, if that could be the beginning
    /// of a method.
    private(set) var wordInFront: [UInt8] = []

    /// The bytes since the last message that did not look like one.
    var passedOver = PassedOver()

    /// A message ends here; nothing that a gap has holed is complete.
    mutating func endMessage(isComplete: Bool, hasGap: Bool) {
        isAligned = isComplete && !hasGap
        isAtBoundary = isComplete
        isBehindMessage = true
        segmentStart = nil
        if isComplete { isBehindGap = false }
    }

    /// Bytes that belong to no message end here.
    mutating func endForeign() {
        isAligned = false
        segmentStart = nil
    }

    /// The start line of a message ends here.
    mutating func endStartLine() {
        isLost = false
        isBehindGap = false
        if !passedOver.isEmpty { passedOver.forget() }
    }

    /// Bytes are missing here.
    mutating func passGap() {
        isAtBoundary = false
        isBehindGap = true
    }

    /// Nobody knows to which message the next bytes belong.
    mutating func lose() {
        isLost = true
        passedOver.forget()
    }

    // MARK: Where a request begins behind other bytes

    /// A segment begins behind `bytes`, those kept of the head, of which the line begins at `line`.
    ///
    /// Of several segments in one line the first counts where a known method may begin.
    mutating func noteSegment(behind bytes: [UInt8], line: Int) {
        // Where segments are so short, where they begin says nothing of a word.
        let rest = bytes.span.extracting(line...)
        if rest.firstIndex(of: .space) == nil { lineBeginsSegment = false }
        if let start = segmentStart, start > line, start <= bytes.count,
            KnownMethod.mayBegin(bytes.span.extracting(start...))
        {
            return
        }
        segmentStart = bytes.count
    }

    /// Keeps `word`, which stands in front of a request line, if that could be the beginning of a
    /// method.
    mutating func keepWordInFront(_ word: ArraySlice<UInt8>) {
        guard word.allSatisfy(\.isToken) else { return }
        wordInFront = Array(word.prefix(FindingDetail.limit))
    }

    /// Gives the word in front of the request line away.
    mutating func takeWordInFront() -> [UInt8] {
        defer { wordInFront = [] }
        return wordInFront
    }
}
