internal import Packets

/// Judges the times of the frames of one interface as they come.
struct FrameClock {
    /// Times that are shorter than a year are counted from the start of a capture, as simulators do.
    private static let relativeLimit: Int64 = 31_536_000_000_000_000

    /// Whether a time of 0 is one: where the clock began to count with the capture.
    private(set) var isRelative = false
    /// The latest time that was known, and its frame.
    private var last = Int64.min
    private var lastFrame = 0

    /// Learns from the first time that is not 0 what a 0 before it means.
    mutating func learn(fromFirst nanoseconds: Int64) {
        isRelative = 1..<Self.relativeLimit ~= nanoseconds
    }

    /// What a time in a file is worth: 0 stands for none.
    @inline(__always)
    func reading(_ stamp: Timestamp) -> Timestamp {
        stamp.nanoseconds != 0 || isRelative ? stamp : unknown
    }

    /// Stands for the time of a frame that has none.
    var unknown: Timestamp { .unknown(inOrder: last == .min ? 0 : last) }

    /// Takes note of the time of the next frame, and of what is wrong with it.
    @inline(__always)
    mutating func note(_ time: Timestamp, frame: Int, in faults: inout ClockFaults) {
        if time.nanoseconds >= last, time.isKnown {
            last = time.nanoseconds
            lastFrame = frame
        } else {
            noteOdd(time, frame: frame, in: &faults)
        }
    }

    @inline(never)
    private mutating func noteOdd(_ time: Timestamp, frame: Int, in faults: inout ClockFaults) {
        guard time.isKnown else {
            faults.framesWithoutTime += 1
            return
        }
        let (distance, overflow) = last.subtractingReportingOverflow(time.nanoseconds)
        faults.note(
            ClockFaults.StepBack(
                before: lastFrame,
                frame: frame,
                distance: overflow ? .max : distance
            )
        )
        last = time.nanoseconds
        lastFrame = frame
    }
}
