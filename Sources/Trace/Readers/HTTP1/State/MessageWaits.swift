import Packets
import Reassembly

/// Since when the ends of a connection wait for each other.
struct MessageWaits: Sendable {
    /// Since when nothing is asked and unanswered: the end of the handshake or of a response.
    var idleSince: Timestamp?
    /// What that was when the request began that is being read.
    var idleBeforeRequest: Timestamp?
    /// Since when a client that expects 100 (Continue) has sent its header section and waits; the
    /// frame with its end.
    var expecting: FrameReference?
    /// Where the capture's clock went back.
    var clockSteps = ClockSteps()

    /// Takes note of the frame with which bytes came: times before the clock went back tell nothing.
    @inline(__always)
    mutating func note(_ arrival: FrameReference) {
        if clockSteps.note(arrival) { idleSince = nil }
    }
}
