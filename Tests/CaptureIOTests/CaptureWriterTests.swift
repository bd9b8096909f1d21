import CaptureIO
import Packets
import Support
import SystemPackage
import Testing

struct CaptureWriterTests {
    private func write(_ frames: [BuiltFrame], to writer: inout CaptureWriter) throws {
        for (index, frame) in frames.enumerated() {
            try writer.write(frame.frame(number: index + 1), frame.bytes.span)
        }
    }

    private func writer(
        _ path: String,
        digits: UInt8 = 9
    ) throws -> CaptureWriter {
        try CaptureWriter(
            path: path,
            of: CapturedInterface(
                linkType: .ethernet,
                snapshotLength: 262_144,
                name: "lo",
                filter: "tcp",
                timestampDigits: digits
            )
        )
    }

    @Test func `what is written is read again`() throws {
        let file = TemporaryFile()
        var writer = try writer(file.path)
        let frames = (0..<3000).map { index in
            BuiltFrame(
                bytes: (0..<index % 1500).map { UInt8(truncatingIfNeeded: $0) },
                timestamp: Timestamp(
                    nanoseconds: 1_700_000_000_000_000_001 + Int64(index),
                    digits: 9
                ),
                originalLength: 2000
            )
        }
        try write(frames, to: &writer)
        let counts = CaptureStatistics(received: 9, droppedByKernel: 2, droppedByInterface: 1)
        try writer.finish(statistics: counts)
        let reading = Reading(path: file.path)
        #expect(reading.error == nil)
        #expect(reading.frames == expected(frames, digits: 9))
        #expect(reading.description.statistics == counts)
        #expect(reading.description.application == "httptrace")
        #expect(reading.description.interfaces.map(\.name) == ["lo"])
        #expect(reading.description.interfaces.map(\.filter) == ["tcp"])
    }

    @Test func `each frame keeps its interface, and each interface its counts`() throws {
        let file = TemporaryFile()
        let interfaces = ["lo", "eth0"].map { name in
            CapturedInterface(linkType: .ethernet, snapshotLength: 100, name: name)
        }
        var writer = try CaptureWriter(path: file.path, of: interfaces)
        for (number, interface) in [1, 0, 1, 1, 7].enumerated() {
            let time = Timestamp(nanoseconds: 5, digits: 9)
            var frame = BuiltFrame(bytes: [1], timestamp: time).frame(number: number + 1)
            frame.interface = interface
            try writer.write(frame, [1].span)
        }
        try writer.finish(
            statistics: [
                CaptureStatistics(received: 3, droppedByKernel: 1), CaptureStatistics(received: 9),
            ]
        )
        let reading = Reading(path: file.path)
        #expect(reading.frames.map(\.frame.interface) == [1, 0, 1, 1, 0])
        #expect(reading.description.interfaces.map(\.name) == ["lo", "eth0"])
        let sum = CaptureStatistics(received: 12, droppedByKernel: 1)
        #expect(reading.description.statistics == sum)
    }

    @Test func `frames of other link types and resolutions get interfaces of their own`() throws {
        let file = TemporaryFile()
        var writer = try writer(file.path)
        let frames = [
            BuiltFrame(bytes: [1], timestamp: Timestamp(nanoseconds: 1001, digits: 9)),
            BuiltFrame(
                bytes: [2],
                timestamp: Timestamp(nanoseconds: 2000, digits: 6),
                linkType: .raw
            ),
            BuiltFrame(bytes: [3], timestamp: Timestamp(nanoseconds: 3003, digits: 9)),
        ]
        try write(frames, to: &writer)
        try writer.finish(statistics: nil)
        let lent = Reading(path: file.path).frames.map(\.frame)
        #expect(lent.map(\.timestamp) == frames.map(\.timestamp))
        #expect(lent.map(\.linkType) == [.ethernet, .raw, .ethernet])
        #expect(lent.map(\.interface) == [0, 1, 0])
    }

    @Test func `the file can be read after a flush, and before any frame`() throws {
        let file = TemporaryFile()
        var writer = try writer(file.path)
        #expect(Reading(path: file.path).error == nil)
        try write(threeFrames, to: &writer)
        try writer.flush()
        let reading = Reading(path: file.path)
        #expect(reading.error == nil)
        #expect(reading.frames.count == 3)
        try writer.finish(statistics: nil)
    }

    @Test func `only its owner may read the file`() throws {
        let file = TemporaryFile()
        var writer = try writer(file.path)
        try writer.finish(statistics: nil)
        #expect(try permissions(of: file.path) == 0o600)
    }

    @Test func `nobody else may read a file that they could read before it was replaced`() throws {
        let file = TemporaryFile()
        let all: FilePermissions = [.ownerReadWrite, .groupRead, .otherRead]
        try FileDescriptor.open(
            FilePath(file.path),
            .writeOnly,
            options: [.create],
            permissions: all
        ).close()
        #expect(try permissions(of: file.path) != 0o600)
        var writer = try writer(file.path)
        try writer.finish(statistics: nil)
        #expect(try permissions(of: file.path) == 0o600)
    }

    @Test func `no two captures are written to one file at once`() throws {
        let file = TemporaryFile()
        var first = try writer(file.path)
        try write(threeFrames, to: &first)
        try first.flush()
        let second = #expect(throws: CaptureError.self) { _ = try writer(file.path) }
        #expect(second?.kind == .cannotCreate)
        #expect(second?.description.contains("another capture") == true)
        #expect(Reading(path: file.path).frames.count == 3)
        try first.finish(statistics: nil)
        var third = try writer(file.path)
        try third.finish(statistics: nil)
        #expect(Reading(path: file.path).frames.isEmpty)
    }

    @Test func `a directory that is not there and a full disk are told`() throws {
        let absent = #expect(throws: CaptureError.self) {
            _ = try writer("/tmp/httptrace-no-such-directory/x.pcapng")
        }
        #expect(absent?.kind.exitCode == 73)
        #if os(Linux)
            let full = #expect(throws: CaptureError.self) { _ = try writer("/dev/full") }
            #expect(full?.kind.exitCode == 73)
            #expect(full?.description.contains("No space left") == true)
        #endif
    }
}
