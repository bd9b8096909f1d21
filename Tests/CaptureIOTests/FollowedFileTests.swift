import Bytes
import CaptureIO
import Packets
import Support
import SystemPackage
import Testing

struct FollowedFileTests {
    /// Two frames with a block between them that is only passed over.
    private static let pcapng: [UInt8] = {
        var file = PcapngFileBuilder(Array(threeFrames.prefix(1)))
        file.block(0x1234) { $0.bytes += Array(repeating: 7, count: 40) }
        file.packet(BuiltFrame(bytes: [1, 2, 3], timestamp: Timestamp(nanoseconds: 5)))
        return file.bytes
    }()

    /// Lends what there is now.
    private func readOn(_ files: inout CaptureFiles) throws -> [[UInt8]] {
        var lent: [[UInt8]] = []
        while try files.read({ _, bytes in lent.append([UInt8](copying: bytes)) }) {}
        return lent
    }

    private func expect(
        _ files: borrowing CaptureFiles,
        isAtEnd expected: Bool,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let isAtEnd = files.isAtEnd
        #expect(isAtEnd == expected, sourceLocation: sourceLocation)
    }

    @Test(arguments: [PcapFileBuilder().file(Array(threeFrames.prefix(2))), pcapng])
    func `a file that grows from any length gives its frames once and no error`(
        whole: [UInt8]
    ) throws {
        let all = try Reading(whole).frames.map(\.bytes)
        #expect(all.count == 2)
        for length in stride(from: 0, to: whole.count, by: 3) {
            let file = try TemporaryFile(Array(whole.prefix(length)))
            var files = CaptureFiles(following: file.path)
            let first = try readOn(&files)
            #expect(first == Array(all.prefix(first.count)))
            expect(files, isAtEnd: false)
            try file.append(Array(whole.dropFirst(length)))
            #expect(try first + readOn(&files) == all)
            #expect(try readOn(&files).isEmpty)
            expect(files, isAtEnd: false)
        }
    }

    @Test func `a file that is written anew is read from its beginning, and counted on`() throws {
        let whole = PcapFileBuilder().file(threeFrames)
        let other = PcapFileBuilder().file(Array(threeFrames.prefix(1)))
        let file = try TemporaryFile(whole)
        var files = CaptureFiles(following: file.path)
        #expect(try readOn(&files).count == 3)
        var hasBegunAnew = files.startOver()
        #expect(!hasBegunAnew)
        let descriptor = try FileDescriptor.open(
            FilePath(file.path),
            .writeOnly,
            options: .truncate
        )
        try descriptor.closeAfter { _ = try descriptor.writeAll(other) }
        #expect(try readOn(&files).isEmpty)
        hasBegunAnew = files.startOver()
        #expect(hasBegunAnew)
        var numbers: [Int] = []
        while try files.read({ frame, _ in numbers.append(frame.number) }) {}
        #expect(numbers == [4])
        expect(files, isAtEnd: false)
    }

    @Test func `a pipe that is followed ends when its writer closes it`() throws {
        let whole = PcapFileBuilder().file(threeFrames)
        let (reader, writer) = try FileDescriptor.pipe()
        defer { try? reader.close() }
        var files = CaptureFiles(following: "/dev/fd/\(reader.rawValue)")
        #expect(try readOn(&files).isEmpty)
        try writer.writeAll(whole.prefix(200))
        #expect(try readOn(&files).count == 1)
        expect(files, isAtEnd: false)
        try writer.writeAll(whole.dropFirst(200))
        try writer.close()
        #expect(try readOn(&files).count == 2)
        expect(files, isAtEnd: true)
    }

    @Test(arguments: Compression.allCases)
    func `a compressed file is not followed`(compression: Compression) throws {
        let file = try TemporaryFile(
            compress(PcapFileBuilder().file(threeFrames), compression)
        )
        var files = CaptureFiles(following: file.path)
        let error = #expect(throws: CaptureError.self) { try readOn(&files) }
        #expect(error == .cannotFollow(path: file.path, compression))
        #expect(error?.kind.exitCode == 64)
        expect(files, isAtEnd: true)
    }
}
