internal import Bytes
internal import Packets

extension ClockFaults {
    /// Warnings about the times, of a capture of so many `frames`.
    func sentences(frames: Int) -> [String] {
        [withoutTime(of: frames), goingBack, unit].compactMap(\.self)
    }

    private func withoutTime(of frames: Int) -> String? {
        guard framesWithoutTime > 0 else { return nil }
        return framesWithoutTime >= frames
            ? "No frame has a time: times and durations are unknown."
            : "\(Self.counted(framesWithoutTime, "frame")) of \(frames) without a time: what depends "
                + "on it is unknown."
    }

    private var goingBack: String? {
        guard let farthest else { return nil }
        let place = "between frames \(farthest.before) and \(farthest.frame)\(counting)"
        let distance = "by \(Self.seconds(farthest.distance)) s \(place)"
        let times =
            stepsBack == 1
            ? "The clock went back \(distance)"
            : "The clock went back \(stepsBack) times, the farthest \(distance)"
        // Less than that is what several queues of one interface make of the order.
        return farthest.distance < 1_000_000
            ? "\(times): such frames were written down in another order than that of their times."
            : "\(times): no duration across such a place is known."
    }

    private var unit: String? {
        guard let wrongUnit else { return nil }
        let times = Self.counted(wrongUnit.count, "time")
        let first = "first in frame \(wrongUnit.firstFrame)\(counting)"
        return wrongUnit.areNanoseconds
            ? "\(times) in nanoseconds where the file says microseconds, \(first): read as "
                + "nanoseconds."
            : "\(times) with a fraction of a second of more than one, \(first): added up as it "
                + "stands."
    }

    private var counting: String { isOfSeveralFiles ? " of one of the files" : "" }

    private static func counted(_ count: Int, _ noun: String) -> String {
        count == 1 ? "1 \(noun) is" : "\(count) \(noun)s are"
    }

    /// A duration with as many digits as needed.
    private static func seconds(_ nanoseconds: Int64) -> String {
        var buffer = OutputBuffer()
        buffer.append(seconds: nanoseconds)
        return buffer.withBytes { EscapedText.escape($0) }
    }
}
