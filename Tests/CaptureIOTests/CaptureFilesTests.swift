import Bytes
import CaptureIO
import Packets
import Support
import Testing

struct CaptureFilesTests {
    /// What came of reading several files.
    private struct Merging {
        /// Two bytes each: the file, and which of its frames.
        var frames: [[UInt8]] = []
        var numbers: [Int] = []
        var errors: [CaptureError] = []

        init(_ paths: [String]) {
            var files = CaptureFiles(paths: paths)
            while !files.isAtEnd {
                var lent: [LentFrame] = []
                do throws(CaptureError) {
                    _ = try files.read { frame, bytes in
                        lent.append(LentFrame(frame: frame, bytes: [UInt8](copying: bytes)))
                    }
                } catch {
                    errors.append(error)
                }
                frames += lent.map(\.bytes)
                numbers += lent.map(\.frame.number)
            }
        }
    }

    /// The frames of a file, each with two bytes that tell it from all others.
    private static func frames(_ times: [Int], of file: Int) -> [BuiltFrame] {
        times.enumerated().map { index, time in
            BuiltFrame(
                bytes: [UInt8(file), UInt8(index)],
                timestamp: Timestamp(nanoseconds: Int64(time) * 1000)
            )
        }
    }

    /// Merges files with frames of these times, of three formats by turns.
    private func merge(_ files: [[Int]]) throws -> Merging {
        try withFiles(
            files.enumerated().map { index, times in
                let frames = Self.frames(times, of: index)
                return switch index % 3 {
                case 0: PcapFileBuilder().file(frames)
                case 1: PcapngFileBuilder(frames).bytes
                default: compress(PcapFileBuilder().file(frames), .gzip)
                }
            }
        )
    }

    /// Merges files that hold these bytes.
    private func withFiles(_ files: [[UInt8]], before: [String] = []) throws -> Merging {
        guard let first = files.first else { return Merging(before) }
        let file = try TemporaryFile(first)
        return try withFiles(Array(files.dropFirst()), before: before + [file.path])
    }

    @Test(
        arguments: [
            ([[1, 2], [3, 4], [5]], ["00", "01", "10", "11", "20"]),
            ([[5], [3, 4], [1, 2]], ["20", "21", "10", "11", "00"]),
            ([[1, 3, 5], [2, 4, 6]], ["00", "10", "01", "11", "02", "12"]),
            // The same time: as the files are named, and the rest of the file goes first.
            ([[1, 1, 2], [1, 2]], ["00", "01", "10", "02", "11"]),
            ([[2], [1, 2], [2]], ["10", "00", "11", "20"]),
            // A clock that ran backwards: the file's order stays.
            ([[5, 1, 6], [2, 5, 7]], ["10", "00", "01", "11", "02", "12"]),
            ([[], [1], []], ["10"]),
            ([[0, 0], [0]], ["00", "01", "10"]),
            ([[1, 2, 3]], ["00", "01", "02"]),
            ([[]], []),
        ] as [([[Int]], [String])]
    )
    func `frames of several files come in the order of time`(
        times: [[Int]],
        order: [String]
    ) throws {
        let merging = try merge(times)
        #expect(merging.frames.map { "\($0[0])\($0[1])" } == order)
        #expect(merging.numbers == Array(1..<order.count + 1))
        #expect(merging.errors.isEmpty)
    }

    @Test func `many files with many frames merge as one sorts them`() throws {
        let times = (0..<40).map { file in
            (0..<200).map { $0 * 7 + (file * 31 + $0 * $0) % 7 }
        }
        let merging = try merge(times)
        let sorted = times.enumerated().flatMap { file, times in
            times.enumerated().map { (time: $0.element, file: file, index: $0.offset) }
        }
        .sorted { ($0.time, $0.file, $0.index) < ($1.time, $1.file, $1.index) }
        #expect(merging.frames == sorted.map { [UInt8($0.file), UInt8($0.index)] })
        #expect(merging.numbers == Array(1...8000))
    }

    @Test func `a file that cannot be read ends itself and not the others`() throws {
        let one = try TemporaryFile(PcapFileBuilder().file(Self.frames([1, 4], of: 0)))
        let cut = try TemporaryFile(
            PcapFileBuilder().file(Self.frames([2, 3, 5], of: 1)).dropLast()
        )
        let text = try TemporaryFile(Array("no capture".utf8))
        let absent = "/tmp/httptrace-no-such-file"
        let merging = Merging([absent, text.path, cut.path, one.path])
        #expect(merging.frames == [[0, 0], [1, 0], [1, 1], [0, 1], [1]])
        #expect(
            Set(merging.errors) == [
                .noSuchFile(path: absent),
                .unknownFormat(path: text.path, beginning: Array("no capture".utf8)),
                .damaged(
                    path: cut.path,
                    offset: 24 + 2 * 18,
                    frame: 3,
                    damage: .cutRecord(available: 17, needed: 18)
                ),
            ]
        )
        #expect(merging.errors.count == 3)
    }
}
