import Bytes

/// The places in a field line that is written as the grammar asks, `name ":" OWS value OWS CRLF`,
/// and in which no rule finds anything odd.
///
/// No such line is meant as a start line: those have a blank behind their first word.
struct OrdinaryFieldLine {
    /// Where the name ends: the place of the colon.
    let colon: Int
    /// Where the value lies.
    let value: Range<Int>
    /// The place behind the line end.
    let end: Int

    /// Reads the line at `start` in `bytes`; `nil` where the line is not whole, or not ordinary.
    @inline(__always)
    init?(_ bytes: Span<UInt8>, at start: Int) {
        let colon = bytes.endOfToken(from: start)
        guard colon > start, colon < bytes.count, bytes[colon] == .colon else { return nil }
        let lineEnd = bytes.endOfPrintable(from: colon &+ 1)
        guard bytes.isLineEnd(at: lineEnd) else { return nil }
        var first = colon &+ 1
        while first < lineEnd, bytes[first] == .space { first &+= 1 }
        var last = lineEnd
        while last > first, bytes[last &- 1] == .space { last &-= 1 }
        self.colon = colon
        value = first..<last
        end = lineEnd &+ 2
    }
}

extension Range<Int> {
    /// The range so many places further on.
    @inline(__always)
    func moved(by distance: Int) -> Range<Int> {
        lowerBound &+ distance..<upperBound &+ distance
    }
}
