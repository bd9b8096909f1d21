import CaptureIO
import Packets
import Testing

@Suite struct FrameMergeTests {
    private static let start = ContinuousClock.now

    private func frame(_ time: Int64, on interface: Int) -> Frame {
        Frame(
            number: 1,
            timestamp: Timestamp(nanoseconds: time),
            originalLength: 1,
            linkType: .ethernet,
            interface: interface
        )
    }

    /// Adds frames of one interface that came `milliseconds` after the start.
    private func append(
        _ times: [Int64],
        on interface: Int,
        to merge: inout FrameMerge,
        at milliseconds: Int
    ) {
        for time in times {
            let byte = UInt8(truncatingIfNeeded: time)
            merge.append(
                frame(time, on: interface),
                [byte].span,
                at: Self.start + .milliseconds(milliseconds)
            )
        }
    }

    /// What is lent `milliseconds` after the start: number, time and interface; each frame's byte is
    /// its time.
    private func lend(_ merge: inout FrameMerge, at milliseconds: Int) -> [[Int]] {
        var lent: [[Int]] = []
        _ = merge.lend(at: Self.start + .milliseconds(milliseconds)) { frame, bytes in
            #expect(bytes.count == 1 && Int64(bytes[0]) == frame.timestamp.nanoseconds)
            lent.append([frame.number, Int(frame.timestamp.nanoseconds), frame.interface])
        }
        return lent
    }

    @Test func `frames wait until none that is older can come, and go in the order of time`() {
        var merge = FrameMerge(delay: .milliseconds(40), limit: 1000)
        append([10, 30], on: 0, to: &merge, at: 0)
        #expect(lend(&merge, at: 39).isEmpty)
        append([20, 50], on: 1, to: &merge, at: 39)
        // What came with the first two is older than the later of them, and goes with them.
        #expect(lend(&merge, at: 40) == [[1, 10, 0], [2, 20, 1], [3, 30, 0]])
        #expect(lend(&merge, at: 78).isEmpty)
        #expect(!merge.isEmpty)
        append([40, 50], on: 0, to: &merge, at: 78)
        #expect(lend(&merge, at: 79) == [[4, 40, 0], [5, 50, 1], [6, 50, 0]])
        #expect(merge.isEmpty)
    }

    @Test func `no more waits than the limit says`() {
        var merge = FrameMerge(delay: .milliseconds(40), limit: 2)
        append([3, 1], on: 0, to: &merge, at: 0)
        #expect(lend(&merge, at: 0).isEmpty)
        append([2], on: 1, to: &merge, at: 0)
        #expect(lend(&merge, at: 0).map { $0[1] } == [1, 2, 3])
    }
}
