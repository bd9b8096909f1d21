internal import Bytes
internal import Packets
package import Trace

extension TraceSummary {
    /// What a reader has to know of the files before he believes the times: a sentence each.
    package var notices: [String] { clock.sentences(frames: frames) + jointSentences }

    private var jointSentences: [String] {
        guard let first = joints.first else { return [] }
        let more = jointCount - 1
        let others =
            switch more {
            case 0: ""
            case 1: ", and one more behind it"
            default: ", and \(more) more behind it"
            }
        return [
            "Another capture file begins at byte \(first)\(others): joined files are read one after "
                + "the other, and their frames numbered through."
        ]
    }
}

extension ClockFaults {
    fileprivate func sentences(frames: Int) -> [String] {
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

    /// A duration with the digits that it has.
    private static func seconds(_ nanoseconds: Int64) -> String {
        var buffer = OutputBuffer()
        buffer.append(seconds: nanoseconds)
        return buffer.withBytes { EscapedText.escape($0) }
    }
}
