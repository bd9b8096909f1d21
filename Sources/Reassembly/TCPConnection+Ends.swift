import Packets

// How a direction comes to its orderly end.
extension TCPConnection {
    /// Takes note of where a FIN says that its direction ends.
    mutating func noteEnd(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference
    ) {
        var place = segment.payloadSequence.advanced(by: segment.wireLength)
        if isUncounted, segment.wireLength == 0, let last = self[direction].lastSegment,
            last.sequence == segment.sequence, last.length > 0
        {
            // Numbers stand still: it lies behind what came before it.
            place = self[direction].next
        }
        guard !self[direction].hasEnded, place.distance(from: self[direction].next) >= 0 else {
            return
        }
        // Of two the nearer one counts: the other is forged, or an attempt to hide it.
        if let known = self[direction].finSequence, place.distance(from: known) >= 0 { return }
        self[direction].finSequence = place
        self[direction].finFrame = frame
        isDue = true
    }
}
