import CaptureIO
import Foundation
import Support
import Testing
import Trace
import TraceIO

/// What tshark lists of the report's exchanges, and what we list of the same capture.
///
/// Without tshark there is nothing to compare; where `CI` is set it has to be there.
@Suite struct TsharkTests {
    static let tshark: String? =
        ["/usr/bin/tshark", "/usr/local/bin/tshark", "/opt/homebrew/bin/tshark"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }
    static let isRequired = ProcessInfo.processInfo.environment["CI"] != nil

    @Test(.enabled(if: tshark != nil || isRequired))
    func `tshark lists all messages but the request without blank line`() throws {
        let path = Project.captures.appending("report/report.pcapng").string
        let tshark = try #require(Self.tshark, "tshark is not installed")
        let listed = try frames(
            tshark,
            [
                "-r", path, "-Y", "http.request or http.response", "-T", "fields", "-e",
                "frame.number",
            ]
        )
        let (requests, responses) = try messageFrames(of: path)
        #expect(listed.count == 15)
        #expect(requests.count + responses.count == 16)
        // Ours that tshark lists at the same frame are the other seven requests; responses
        // without length it lists at the FIN that ends them, a frame or more later.
        #expect(requests.filter { !listed.contains($0) } == [24])
    }

    private func frames(_ program: String, _ arguments: [String]) throws -> [Int] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap { Int($0) }
    }

    private func messageFrames(of path: String) throws -> (requests: [Int], responses: [Int]) {
        var requests: [Int] = []
        var responses: [Int] = []
        var trace = FileTrace()
        let note: (Exchange) -> Void = { exchange in
            if let request = exchange.request { requests.append(request.firstFrame) }
            if let response = exchange.response { responses.append(response.firstFrame) }
        }
        try trace.read(path, note)
        trace.finish(note)
        return (requests, responses)
    }
}
