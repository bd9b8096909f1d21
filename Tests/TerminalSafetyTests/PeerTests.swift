import Foundation
import Support
import Testing

/// The server's and the client's own output, with the other end hostile.
@Suite struct PeerTests {
    /// Pieces in requests and responses, each on one connection.
    private static let messages: (requests: [[UInt8]], responses: [[UInt8]]) = {
        var generator = SeededGenerator(seed: 3)
        var pieces = HostilePiece.sequences.map(\.bytes)
        pieces += (0..<20).map { _ in HostilePiece.random(using: &generator) }
        // Every byte but those that would end a line, in groups of eight.
        pieces += stride(from: 0, to: 256, by: 8).map { first in
            (first..<first + 8).map { UInt8($0) }.filter { $0 != 0x0A && $0 != 0x0D }
        }
        let requests = pieces.map { piece in
            Array("GET /".utf8) + piece + Array(" HTTP/1.1\r\nHost: x\r\nX: ".utf8) + piece
                + Array("\r\n\r\n".utf8)
        }
        let responses = pieces.map { piece in
            Array("HTTP/1.1 200 O".utf8) + piece + Array("\r\nX-".utf8) + piece
                + Array(": ".utf8) + piece + Array("\r\nContent-Length: ".utf8)
                + Array("\(piece.count)\r\n\r\n".utf8) + piece
        }
        return (requests, responses)
    }()

    @Test func `the server's log of requests is harmless`() throws {
        let root = try TemporaryFolder()
        let server = try RunningServer(["--root", root.url.path, "--wire", "standard"])
        let folder = try TemporaryFolder()
        let script = Self.messages.requests.map { request in
            "connection\n\(Self.step(request))\nhalf-close\nexpect end\n"
        }
        try folder.file("script", Array(script.joined().dropFirst("connection\n".count).utf8))
        let options = ["--port", "\(server.port)", "--script", folder.path("script")]
        for shown in [[], ["--json"]] as [[String]] {
            let run = try ProgramRun("httptrace-client", ["send"] + options + shown)
            #expect(run.output.count > 10_000)
            #expect(ShownText.faults(in: run.output) == [])
            #expect(ShownText.faults(in: run.errors) == [])
            if shown == ["--json"] { #expect(Parsed.faults(inJSONLines: run.output) == []) }
        }
        let log = try server.end(asked: true)
        #expect(log.errors.count { $0 == 0x0A } >= Self.messages.requests.count)
        #expect(ShownText.faults(in: log.errors) == [])
        #expect(ShownText.faults(in: log.output) == [])
    }

    @Test(arguments: [[], ["--json"]] as [[String]])
    func `what client and server show of a played script is harmless`(shown: [String]) throws {
        let folder = try TemporaryFolder()
        let responses = Self.messages.responses
        let script = responses.map { response in
            "connection\nexpect request\n\(Self.step(response))\n"
        }
        try folder.file("script", Array(script.joined().dropFirst("connection\n".count).utf8))
        let plays = ["--plays", "\(responses.count)"]
        let server = try RunningServer(["--script", folder.path("script")] + plays + shown)
        for index in responses.indices {
            // The report's client sends eight requests, of which each gets another response.
            let isReport = index % 16 == 0 && index + 8 <= responses.count
            guard isReport || index % 16 >= 11 else { continue }
            let command = isReport ? ["report", "--wire", "standard"] : ["send", "-"] + shown
            let limit = isReport ? "2" : "2s"
            let run = try ProgramRun(
                "httptrace-client",
                command + ["--port", "\(server.port)", "--timeout", limit],
                input: Array("GET /a HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n".utf8)
            )
            #expect(run.output.count > 50)
            #expect(ShownText.faults(in: run.output) == [])
            #expect(ShownText.faults(in: run.errors) == [])
            if !isReport, !shown.isEmpty {
                #expect(Parsed.faults(inJSONLines: run.output) == [])
            }
        }
        let log = try server.end(asked: true)
        #expect(ShownText.faults(in: log.output) == [])
        #expect(ShownText.faults(in: log.errors) == [])
        if !shown.isEmpty { #expect(Parsed.faults(inJSONLines: log.output) == []) }
    }

    @Test(arguments: ["httptrace-server", "httptrace-client"])
    func `a script made of a capture is harmless`(program: String) throws {
        let command = program == "httptrace-client" ? ["send"] : []
        let folder = try TemporaryFolder()
        let capture = try HostileFile.sequences.write(to: folder)
        let run = try ProgramRun(program, command + ["--from-trace", capture, "--print-script"])
        #expect(run.code == 0)
        #expect(run.output.count > 100_000)
        #expect(ShownText.faults(in: run.output) == [])
        #expect(ShownText.faults(in: run.errors) == [])
    }

    /// Bytes as a step of a script that sends them.
    private static func step(_ bytes: [UInt8]) -> String {
        "> " + bytes.map { "\\x" + hexadecimal(UInt32($0)).suffix(2) }.joined()
    }
}
