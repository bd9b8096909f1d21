import Bytes
import CaptureIO
import Foundation
import Packets
import Support
import Testing

struct CaptureRingTests {
    /// Frames of many lengths, each a microsecond after the one before.
    private static let frames: [BuiltFrame] = (0..<500).map { index in
        let length = (index * 37) % 1500 + 1
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 + index) }
        let time = 1_700_000_000_000_000_000 + Int64(index) * 1000
        return BuiltFrame(bytes: bytes, timestamp: Timestamp(nanoseconds: time))
    }

    private static let interface = CapturedInterface(
        linkType: .ethernet,
        snapshotLength: 262_144,
        name: "lo",
        timestampDigits: 6
    )

    /// Writes the frames to a ring, then calls `body` with the paths of its files, in their order.
    private func withRing(
        _ bounds: CaptureRing.Bounds,
        _ frames: [BuiltFrame] = frames,
        name: String = "x.pcapng",
        _ body: ([String]) throws -> Void
    ) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("httptrace-ring-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        var ring = try CaptureRing(
            path: folder.appendingPathComponent(name).path,
            bounds,
            of: [Self.interface]
        )
        try ring.begin()
        for (index, frame) in frames.enumerated() {
            ring.note([CaptureStatistics(received: index, droppedByKernel: index / 10)])
            try ring.write(frame.frame(number: index + 1), frame.bytes.span)
        }
        let counts = CaptureStatistics(received: frames.count + 60, droppedByKernel: 60)
        try ring.finish(statistics: [counts])
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        try body(names.map { folder.appendingPathComponent($0).path })
    }

    @Test func `each frame is in one of the files, in order, and each can be read alone`() throws {
        try withRing(CaptureRing.Bounds(fileLength: 20_000, fileCount: 100)) { paths in
            #expect(paths.count > 10)
            let readings = paths.map { Reading(path: $0) }
            #expect(readings.allSatisfy { $0.error == nil && !$0.frames.isEmpty })
            #expect(readings.flatMap(\.frames).map(\.bytes) == Self.frames.map(\.bytes))
            #expect(readings.allSatisfy { $0.description.interfaces.map(\.name) == ["lo"] })
            for path in paths {
                let status = try FileManager.default.attributesOfItem(atPath: path)
                #expect((status[.size] as? Int).map { $0 <= 20_000 } == true)
                #expect(status[.posixPermissions] as? Int == 0o600)
            }
        }
    }

    @Test func `what the files say was received and lost adds up to what the capture did`() throws {
        try withRing(CaptureRing.Bounds(fileLength: 20_000, fileCount: 100)) { paths in
            let counts = paths.compactMap { Reading(path: $0).description.statistics }
            #expect(counts.count == paths.count)
            #expect(counts.map(\.received).reduce(0, +) == Self.frames.count + 60)
            #expect(counts.map(\.droppedByKernel).reduce(0, +) == 60)
        }
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `read in any order, the files give the frames in order`(seed: UInt64) throws {
        try withRing(CaptureRing.Bounds(fileLength: 20_000, fileCount: 100)) { paths in
            var generator = SeededGenerator(seed: seed)
            var files = CaptureFiles(paths: paths.shuffled(using: &generator))
            var bytes: [[UInt8]] = []
            while !files.isAtEnd {
                _ = try files.read { _, captured in bytes.append([UInt8](copying: captured)) }
            }
            #expect(bytes == Self.frames.map(\.bytes))
        }
    }

    @Test func `of more files than are kept, the last are`() throws {
        try withRing(CaptureRing.Bounds(fileLength: 20_000, fileCount: 3)) { paths in
            #expect(paths.count == 3)
            let frames = paths.flatMap { Reading(path: $0).frames }.map(\.bytes)
            #expect(frames.count > 10 && frames.count < 100)
            #expect(frames == Self.frames.suffix(frames.count).map(\.bytes))
        }
    }

    @Test func `a frame that is too long has a file of its own`() throws {
        let frames = [10, 3000, 10, 10].map { BuiltFrame(bytes: [UInt8](repeating: 1, count: $0)) }
        try withRing(CaptureRing.Bounds(fileLength: 1000, fileCount: 9), frames) { paths in
            let lengths = paths.map { Reading(path: $0).frames.map(\.bytes.count) }
            #expect(lengths == [[10], [3000], [10, 10]])
        }
    }

    @Test(arguments: [
        ("x.pcapng", #"^x_0000[123]_20\d{12}\.pcapng$"#), ("x", #"^x_0000[123]_20\d{12}$"#),
        (".x", #"^\.x_0000[123]_20\d{12}$"#), ("a.b.c", #"^a\.b_0000[123]_20\d{12}\.c$"#),
    ])
    func `files are named as dumpcap names them`(name: String, pattern: String) throws {
        let bounds = CaptureRing.Bounds(fileLength: 1000, fileCount: 9)
        let frames = [900, 900, 900].map { BuiltFrame(bytes: [UInt8](repeating: 1, count: $0)) }
        try withRing(bounds, frames, name: name) { paths in
            let names = paths.map { URL(fileURLWithPath: $0).lastPathComponent }
            #expect(names.count == 3)
            for name in names {
                #expect(name.range(of: pattern, options: .regularExpression) != nil)
            }
        }
    }

    @Test func `a folder that is not there is told before there is anything to write`() {
        let error = #expect(throws: CaptureError.self) {
            _ = try CaptureRing(
                path: "/tmp/httptrace-no-such-directory/x.pcapng",
                CaptureRing.Bounds(fileLength: 1000, fileCount: 9),
                of: [Self.interface]
            )
        }
        #expect(error?.kind == .cannotCreate)
    }
}
