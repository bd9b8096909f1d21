/// What is wrong with the times of a capture's frames, as far as they prove it themselves.
///
/// Times are compared within one interface of one file: two have clocks, or queues, of their own, and
/// their frames are written down as they come.
package struct ClockFaults: Sendable, Hashable {
    /// A frame whose time is earlier than that of the one before it.
    package struct StepBack: Sendable, Hashable {
        /// The two frames, counted in their file.
        package var before: Int
        package var frame: Int
        /// How far the clock went back, in nanoseconds.
        package var distance: Int64

        package init(before: Int, frame: Int, distance: Int64) {
            self.before = before
            self.frame = frame
            self.distance = distance
        }
    }

    /// How often a time cannot be in the unit that the file says.
    package struct WrongUnit: Sendable, Hashable {
        /// The number of frames with such a time.
        package var count = 0
        /// The first of them, counted in its file.
        package var firstFrame: Int
        /// Whether they make sense as nanoseconds, and were taken as such.
        package var areNanoseconds = true

        package init(firstFrame: Int) { self.firstFrame = firstFrame }
    }

    /// Frames that the capture has no time for.
    package var framesWithoutTime = 0
    /// How often the clock went back.
    package var stepsBack = 0
    /// The farthest step back, the first of its kind.
    package var farthest: StepBack?
    /// Times that are nanoseconds, or fractions of a second that are more than one.
    package var wrongUnit: WrongUnit?
    /// Whether frames are counted each in its own of several files.
    package var isOfSeveralFiles = false

    package init() {}

    /// Whether there is nothing to tell.
    package var isEmpty: Bool {
        framesWithoutTime == 0 && stepsBack == 0 && wrongUnit == nil
    }

    /// Counts a step back.
    package mutating func note(_ step: StepBack) {
        stepsBack += 1
        if step.distance > farthest?.distance ?? 0 { farthest = step }
    }

    /// Counts a time that is nanoseconds, or has a fraction of more than a second, where the file says
    /// otherwise.
    package mutating func noteWrongUnit(inFrame frame: Int, areNanoseconds: Bool) {
        if wrongUnit == nil { wrongUnit = WrongUnit(firstFrame: frame) }
        wrongUnit?.count += 1
        if !areNanoseconds { wrongUnit?.areNanoseconds = false }
    }

    /// Adds those of another file.
    package mutating func add(_ other: ClockFaults) {
        framesWithoutTime += other.framesWithoutTime
        stepsBack += other.stepsBack
        if let step = other.farthest, step.distance > farthest?.distance ?? 0 { farthest = step }
        guard let more = other.wrongUnit else { return }
        if wrongUnit == nil {
            wrongUnit = more
        } else {
            wrongUnit?.count += more.count
            if !more.areNanoseconds { wrongUnit?.areNanoseconds = false }
        }
    }
}
