import CaptureIO
import Packets
import Support
import Testing

/// Times that a file does not have, and times that cannot be.
struct FrameTimeTests {
    private static let start: Int64 = 1_700_000_000_000_000_000

    private func frames(at times: [Int64]) -> [BuiltFrame] {
        times.map { BuiltFrame(bytes: [1, 2, 3], timestamp: Timestamp(nanoseconds: $0)) }
    }

    private func pcap(_ times: [Int64]) -> [UInt8] { PcapFileBuilder().file(frames(at: times)) }

    private func pcapng(_ times: [Int64], interfaces: [Int]? = nil) -> [UInt8] {
        var file = PcapngFileBuilder()
        file.section()
        for _ in 0...(interfaces?.max() ?? 0) {
            file.interface(.ethernet, options: [.init(9, [9])])
        }
        for (index, frame) in frames(at: times).enumerated() {
            var frame = frame
            frame.interface = interfaces?[index] ?? 0
            file.packet(frame)
        }
        return file.bytes
    }

    @Test func `where all times are 0 there are none`() throws {
        for file in [
            pcap([0, 0, 0]), pcapng([0, 0, 0]), SnoopFileBuilder().file(frames(at: [0])),
        ] {
            let reading = try Reading(file)
            #expect(reading.frames.allSatisfy { !$0.frame.timestamp.isKnown })
            #expect(reading.description.clock.framesWithoutTime == reading.frames.count)
            #expect(reading.description.clock.stepsBack == 0)
        }
    }

    @Test func `a 0 among times is none, and keeps the order of its frame`() throws {
        for file in [
            pcap([Self.start, 0, Self.start + 1000]), pcapng([Self.start, 0, Self.start]),
        ] {
            let reading = try Reading(file)
            #expect(reading.frames.map(\.frame.timestamp.isKnown) == [true, false, true])
            #expect(reading.frames[1].frame.timestamp.nanoseconds == Self.start)
            #expect(reading.description.clock.stepsBack == 0)
        }
    }

    @Test func `times that count from the start of the capture are times, the 0 too`() throws {
        for file in [pcap([0, 0, 1000, 2000]), pcapng([0, 0, 1, 2])] {
            let reading = try Reading(file)
            #expect(reading.frames.allSatisfy { $0.frame.timestamp.isKnown })
            #expect(reading.description.clock.isEmpty)
        }
    }

    @Test(arguments: [1000, 5_000_000, 3_600_000_000_000] as [Int64])
    func `a step back of any length is counted, with its frames`(distance: Int64) throws {
        let times = [
            Self.start, Self.start + 2000, Self.start + 2000 - distance, Self.start + 9000,
        ]
        for file in [pcap(times), pcapng(times)] {
            let clock = try Reading(file).description.clock
            #expect(clock.stepsBack == 1)
            let step = ClockFaults.StepBack(before: 2, frame: 3, distance: distance)
            #expect(clock.farthest == step)
        }
    }

    @Test func `interfaces have their own clocks`() throws {
        let times = [Self.start + 5000, Self.start, Self.start + 6000, Self.start + 1000]
        let clock = try Reading(pcapng(times, interfaces: [0, 1, 0, 1])).description.clock
        #expect(clock.isEmpty)
        let other = try Reading(pcapng(times, interfaces: [0, 1, 1, 1])).description.clock
        #expect(other.farthest == ClockFaults.StepBack(before: 3, frame: 4, distance: 5000))
    }

    @Test func `nanoseconds under the magic number of microseconds are read as such`() throws {
        var builder = PcapFileBuilder()
        builder.magic = .nanoseconds
        let times = [Self.start + 150, Self.start + 2_150_820, Self.start + 999_999_999]
        var file = builder.file(frames(at: times))
        file.replaceSubrange(0..<4, with: PcapFileBuilder().header[0..<4])
        let reading = try Reading(file)
        #expect(reading.frames.map(\.frame.timestamp.nanoseconds) == times)
        #expect(reading.frames.allSatisfy { $0.frame.timestamp.digits == 9 })
        let wrong = try #require(reading.description.clock.wrongUnit)
        #expect(wrong.count == 2 && wrong.firstFrame == 2 && wrong.areNanoseconds)
        #expect(reading.description.clock.stepsBack == 0)
    }

    @Test func `a carry that was forgotten is added`() throws {
        var file = pcap([Self.start])
        // The fraction of the second, which becomes 1 000 007 microseconds.
        file.replaceSubrange(28..<32, with: [0x47, 0x42, 0x0F, 0])
        let reading = try Reading(file)
        #expect(reading.frames.map(\.frame.timestamp.nanoseconds) == [Self.start + 1_000_007_000])
        #expect(reading.description.clock.wrongUnit?.areNanoseconds == false)
    }

    @Test func `pcapng counts that only nanoseconds can be are read as such`() throws {
        var file = PcapngFileBuilder()
        file.section()
        file.interface(.ethernet)
        file.packet(BuiltFrame(bytes: [1]), count: UInt64(Self.start))
        let reading = try Reading(file.bytes)
        #expect(
            reading.frames.map(\.frame.timestamp) == [Timestamp(nanoseconds: Self.start, digits: 9)]
        )
        #expect(reading.description.clock.wrongUnit?.areNanoseconds == true)
    }

    @Test func `frames without a time come where they stand when files are merged`() throws {
        var file = PcapngFileBuilder()
        file.section()
        file.interface(.ethernet, options: [.init(9, [9])])
        file.packet(frames(at: [Self.start + 1000])[0])
        file.simplePacket(BuiltFrame(bytes: [9]))
        file.packet(frames(at: [Self.start + 3000])[0])
        let first = try TemporaryFile(file.bytes)
        let second = try TemporaryFile(pcapng([Self.start, Self.start + 2000]))
        var files = CaptureFiles(paths: [first.path, second.path])
        var lengths: [Int] = []
        while try files.read({ _, bytes in lengths.append(bytes.count) }) {}
        #expect(lengths == [3, 3, 1, 3, 3])
        #expect(files.description.clock.framesWithoutTime == 1)
    }
}
