// Behind damage, reading goes on where the next record, block or file begins.
extension ReadWindow {
    /// How many bytes are looked through between two moves of the window.
    private static var searchStride: Int { 65_536 }

    /// Moves the window to the next place behind the byte it stands at where another file begins, or
    /// what `isFound` believes; to the file's end where there is none.
    ///
    /// - Parameters:
    ///   - length: how many bytes there must be at such a place.
    ///   - frame: the number of the next frame, for errors.
    ///   - isFound: whether what is looked for lies so many bytes behind the window's first.
    /// - Returns: whether there is such a place.
    /// - Throws: where the file cannot be read.
    mutating func search(
        atLeast length: Int,
        for frame: Int,
        _ isFound: (inout ReadWindow, Int) throws(CaptureError) -> Bool
    ) throws(CaptureError) -> Bool {
        var distance = 1
        while try fill(atLeast: distance + length, for: frame) {
            let isPlace =
                try isFileBeginning(at: distance, for: frame) ? true : try isFound(&self, distance)
            if isPlace {
                consume(distance)
                return true
            }
            distance += 1
            if distance > Self.searchStride {
                consume(distance - 1)
                distance = 1
            }
        }
        consume(available)
        return false
    }

    /// Whether the header of a file lies at `distance`.
    private mutating func isFileBeginning(
        at distance: Int,
        for frame: Int
    ) throws(CaptureError) -> Bool {
        guard try fill(atLeast: distance + FileBeginning.length, for: frame) else { return false }
        let rest = unsafe UnsafeRawBufferPointer(rebasing: unread[distance...])
        return unsafe FileBeginning.isHeader(rest)
    }
}
