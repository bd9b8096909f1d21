import Bytes
import CaptureIO
import Support
import Testing
import Trace
import TraceIO
import TraceOutput

struct SeveralFilesTests {
    /// Two exchanges of one connection, with a response in many segments.
    private static let frames: [BuiltFrame] = {
        var conversation = ConversationBuilder()
        conversation.handshake()
        conversation.send("GET /long HTTP/1.1\r\nHost: example.com\r\n\r\n", from: .client)
        conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n", from: .server)
        conversation.send([UInt8](repeating: 0x61, count: 20_000), from: .server)
        conversation.send("GET /short HTTP/1.1\r\nHost: example.com\r\n\r\n", from: .client)
        conversation.send("HTTP/1.1 204 No Content\r\n\r\n", from: .server)
        conversation.close()
        return conversation.frames
    }()

    /// The orders in which three files can be named.
    private static let orders = [
        [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0],
    ]

    /// The JSON lines and the summary for these files as one capture.
    private func render(_ paths: [String]) throws -> [UInt8] {
        var output = OutputOptions()
        output.includesSummaryLine = true
        var renderer = ExchangeRenderer(format: .json, options: output)
        var buffer = OutputBuffer()
        var trace = FileTrace()
        var files = CaptureFiles(paths: paths)
        while try trace.read(&files, { renderer.render($0, into: &buffer) }) {}
        trace.finish { renderer.render($0, into: &buffer) }
        renderer.summary(trace.summary, into: &buffer)
        return buffer.withBytes { [UInt8](copying: $0) }
    }

    /// The same with each of `parts` in a file of its own.
    private func render(_ parts: [[BuiltFrame]], inOrder order: [Int]) throws -> [UInt8] {
        let first = try TemporaryFile(PcapFileBuilder().file(parts[0]))
        let second = try TemporaryFile(PcapFileBuilder().file(parts[1]))
        let third = try TemporaryFile(PcapFileBuilder().file(parts[2]))
        let paths = [first.path, second.path, third.path]
        return try render(order.map { paths[$0] })
    }

    private func renderWhole() throws -> [UInt8] {
        let file = try TemporaryFile(PcapFileBuilder().file(Self.frames))
        return try render([file.path])
    }

    @Test(arguments: orders)
    func `a stream that crosses the files of a ring stays one`(order: [Int]) throws {
        let frames = Self.frames
        let whole = try renderWhole()
        #expect(String(decoding: whole, as: UTF8.self).contains(#""bodyLength":20000"#))
        for (first, second) in [(1, 2), (4, 9), (5, frames.count - 3), (0, 6)] {
            let parts = [
                Array(frames[..<first]), Array(frames[first..<second]), Array(frames[second...]),
            ]
            #expect(try render(parts, inOrder: order) == whole)
        }
    }

    @Test(arguments: orders)
    func `frames that alternate between files are one capture`(order: [Int]) throws {
        let parts = (0..<3).map { part in
            Self.frames.enumerated().filter { $0.offset % 3 == part }.map(\.element)
        }
        #expect(try render(parts, inOrder: order) == renderWhole())
    }
}
