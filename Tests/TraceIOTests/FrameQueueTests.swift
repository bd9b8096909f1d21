import Packets
import Testing
import TraceIO

/// What goes between the thread that captures and the one that analyses.
@Suite struct FrameQueueTests {
    private static func frame(_ number: Int) -> Frame {
        Frame(
            number: number,
            timestamp: Timestamp(nanoseconds: Int64(number)),
            originalLength: number,
            linkType: .ethernet
        )
    }

    /// Bytes by which the frame of this number is known; none where it is divisible by 7.
    private static func content(_ number: Int) -> [UInt8] {
        [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: number % 7)
    }

    private static func numbers(in portion: inout FrameQueue.Portion) -> [Int] {
        var numbers: [Int] = []
        _ = portion.drain { frame, bytes in
            numbers.append(frame.number)
            #expect(Array(content(frame.number)) == (0..<bytes.count).map { bytes[$0] })
        }
        return numbers
    }

    @Test func `frames come in order and with their bytes`() {
        let queue = FrameQueue(limit: 1 << 20)
        var portion = FrameQueue.Portion()
        for range in [1...20, 21...21, 22...40] {
            for number in range {
                queue.append(Self.frame(number), Self.content(number).span)
            }
            queue.publish()
            queue.take(&portion, waitingAtMost: 0)
            #expect(Self.numbers(in: &portion) == Array(range))
            queue.take(&portion, waitingAtMost: 0)
            #expect(Self.numbers(in: &portion) == [])
        }
        #expect(queue.leftOut == 0)
    }

    @Test func `what has no room is counted`() {
        let queue = FrameQueue(limit: 10_000)
        var portion = FrameQueue.Portion()
        for number in 1...100 {
            queue.append(Self.frame(number), [UInt8](repeating: 1, count: 1000).span)
        }
        queue.take(&portion, waitingAtMost: 0)
        let count = portion.drain { _, bytes in #expect(bytes.count == 1000) }
        #expect(1...9 ~= count)
        #expect(queue.leftOut == 100 - count)
        queue.append(Self.frame(101), Self.content(101).span)
        queue.take(&portion, waitingAtMost: 0)
        #expect(Self.numbers(in: &portion) == [101])
    }

    @Test func `who waits until the end gets everything, then nothing`() {
        let queue = FrameQueue(limit: 1 << 30)
        let last = 50_000
        BackgroundThread.start {
            for number in 1...last {
                queue.append(Self.frame(number), Self.content(number).span)
                if number % 100 == 0 { queue.publish() }
            }
            queue.end()
        }
        var portion = FrameQueue.Portion()
        var seen: [Int] = []
        while true {
            queue.take(&portion, waitingAtMost: nil)
            let numbers = Self.numbers(in: &portion)
            if numbers.isEmpty { break }
            seen += numbers
        }
        #expect(seen == Array(1...last))
        #expect(queue.leftOut == 0)
    }
}
