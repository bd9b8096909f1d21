import Bytes
import CaptureIO
import Packets
import Support
import Synchronization
import Testing

struct ReadAheadTests {
    /// Frames of three megabytes in all, most of them of `length` bytes, one of the largest.
    private static func frames(_ length: Int) -> [BuiltFrame] {
        (0..<(6 << 20) / length).map { index in
            let length = index == 1 << 20 / length ? 262_144 : length
            return BuiltFrame(
                bytes: (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ index) },
                timestamp: Timestamp(nanoseconds: Int64(index) * 1000)
            )
        }
    }

    /// Reads a file ahead; work is done where it is given, which is as legal as any other time.
    private static func read(_ path: String) -> (frames: [LentFrame], pieces: Int, errors: Int) {
        let count = Counter()
        var files = CaptureFiles(paths: [path]) { work in
            count.pieces.add(1, ordering: .relaxed)
            work()
        }
        var lent: [LentFrame] = []
        var errors = 0
        while !files.isAtEnd {
            do throws(CaptureError) {
                _ = try files.read { frame, bytes in
                    lent.append(LentFrame(frame: frame, bytes: [UInt8](copying: bytes)))
                }
            } catch {
                errors += 1
            }
        }
        return (lent, count.pieces.load(ordering: .relaxed), errors)
    }

    private final class Counter: Sendable {
        let pieces = Atomic(0)
    }

    @Test(arguments: [60, 1514, 65_535, 100_003])
    func `a file that is read ahead has the same frames`(length: Int) throws {
        let frames = Self.frames(length)
        let file = try TemporaryFile(PcapFileBuilder().file(frames))
        let reading = Self.read(file.path)
        #expect(reading.pieces > 8)
        #expect(reading.errors == 0)
        #expect(reading.frames == expected(frames, digits: 6))
    }

    @Test func `a cut file that is read ahead is found to be cut`() throws {
        let frames = Self.frames(1514)
        let file = try TemporaryFile(Array(PcapFileBuilder().file(frames).dropLast(700)))
        let reading = Self.read(file.path)
        #expect(reading.errors == 1)
        #expect(reading.frames.count == frames.count)
        #expect(reading.frames.last?.bytes.count == 814)
    }

    @Test func `a short file is not read ahead`() throws {
        let file = try TemporaryFile(PcapFileBuilder().file(threeFrames))
        let reading = Self.read(file.path)
        #expect(reading.pieces == 0)
        #expect(reading.frames == expected(threeFrames, digits: 6))
    }
}
