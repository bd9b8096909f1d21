import Foundation
import Support
import Testing

/// What is said where something is wrong: with names, options, files and scripts that do harm.
@Suite struct ErrorTests {
    /// Names as somebody else can give them to files.
    private static let names = [
        "a\u{1B}[31mb", "a\u{1B}]0;b\u{07}c", "a\nFORGED", "a\rFORGED", "a\tb", "a\u{7F}b",
        "a\u{9B}b", "a\u{202E}b", "a\u{2066}b", "a\u{200B}b", "a\u{2028}FORGED", "a\u{FEFF}b",
        "a\u{E0041}b",
    ]

    @Test(arguments: names)
    func `a file that is not there is named without harm`(name: String) throws {
        let folder = try TemporaryFolder()
        let missing = folder.path(name)
        let capture = folder.path("capture")
        try folder.file("capture", HostileCapture.file(HostileCapture.random(seed: 2, count: 20)))
        let commands: [[String]] = [
            ["httptrace", "read", missing], ["httptrace", missing],
            ["httptrace", "read", "--frame", "1", missing],
            ["httptrace", "verify", missing, "--expect", "/dev/null"],
            ["httptrace", "verify", capture, "--expect", missing],
            ["httptrace", "verify", capture, "--expect", "/dev/null", "--junit", missing + "/x"],
            ["httptrace", "verify", capture, "--expect", "/dev/null", "--sarif", missing + "/x"],
            ["httptrace", "verify", capture, "--record", "--expect", missing + "/x"],
            ["httptrace", "diff", missing, missing],
            ["httptrace-client", "send", missing],
            ["httptrace-client", "send", "--print-script", "--script", missing],
            ["httptrace-client", "send", "--from-trace", missing],
            ["httptrace-server", "--root", missing], ["httptrace-server", "--script", missing],
            ["httptrace-server", "--from-trace", missing],
        ]
        for command in commands {
            let run = try ProgramRun(command[0], Array(command.dropFirst()))
            #expect(run.code != 0, "\(command)")
            #expect(!run.errors.isEmpty, "\(command)")
            expectHarmless(run, command)
        }
    }

    @Test(arguments: names)
    func `what is wrong with the command line is said without harm`(argument: String) throws {
        let commands: [[String]] = [
            ["httptrace", "read", "--\(argument)", "-"],
            ["httptrace", "read", "--format", argument],
            ["httptrace", "read", "--threads", argument, "-"],
            ["httptrace", "read", "-\(argument)"],
            ["httptrace", "read", "-f", argument, "/dev/null"],
            ["httptrace", "read", "--frame", argument, "-"], ["httptrace", "read"],
            ["httptrace", "read", "--link-type", argument, "-"],
            ["httptrace", "read", "--decode-as", argument, "-"],
            ["httptrace", "read", "--decode-as", "udp.port==1,\(argument)", "-"],
            ["httptrace", "explain", argument], ["httptrace", "diff", "-", "-", argument],
            ["httptrace", "capture", "-i", argument], ["httptrace", "capture", "--for", argument],
            ["httptrace", "run", "--\(argument)"],
            ["httptrace", "run", "--quiet", "--", "/nowhere/\(argument)"],
            ["httptrace-client", argument], ["httptrace-client", "--\(argument)"],
            ["httptrace-client", "--port", argument], ["httptrace-client", "--wire", argument],
            ["httptrace-client", "--host", argument],
            ["httptrace-client", "send", "--expect", argument],
            ["httptrace-client", "send", "--host", argument, "/dev/null"],
            ["httptrace-server", argument], ["httptrace-server", "--\(argument)"],
            ["httptrace-server", "--address", argument], ["httptrace-server", "--wire", argument],
        ]
        for command in commands {
            let run = try ProgramRun(command[0], Array(command.dropFirst()))
            #expect(run.code != 0, "\(command)")
            #expect(!run.errors.isEmpty, "\(command)")
            expectHarmless(run, command)
        }
    }

    @Test(arguments: names)
    func `names of files that are there are shown without harm`(name: String) throws {
        let folder = try TemporaryFolder()
        let bytes = HostileCapture.file(HostileCapture.random(seed: 2, count: 20))
        try folder.file(name, bytes)
        // Cut in the middle of a block, so that damage is told of it.
        try folder.file("cut \(name)", Array(bytes.dropLast(30)))
        try folder.file("expect \(name)", Array("GET / -> 200\n".utf8))
        let files = [folder.path(name), folder.path("cut \(name)")]
        let reports = ["--junit", folder.path("junit"), "--sarif", folder.path("sarif")]
        let commands = [
            ["httptrace", "read"] + files, ["httptrace", "diff"] + files,
            ["httptrace", "verify", "--expect", folder.path("expect \(name)")] + reports + files,
            ["httptrace-client", "send", "--from-trace", files[1], "--print-script"],
        ]
        for command in commands {
            let run = try ProgramRun(command[0], Array(command.dropFirst()))
            #expect(run.code == (command[0] == "httptrace" ? 2 : 0), "\(command)")
            expectHarmless(run, command)
        }
        for report in ["junit", "sarif"] {
            #expect(ShownText.faults(in: try folder.contents(report)) == [])
        }
        #expect(Parsed.fault(inJSON: Data(try folder.contents("sarif"))) == nil)
    }

    @Test func `what is wrong in an expectation file is shown without harm`() throws {
        let folder = try TemporaryFolder()
        try folder.file("capture", HostileCapture.file([]))
        let pieces = HostilePiece.sequences + HostilePiece.everyByte
        // So many errors, and no more, are told of a file.
        for start in stride(from: 0, to: pieces.count, by: 10) {
            var lines: [UInt8] = []
            for piece in pieces[start..<min(start + 10, pieces.count)] {
                lines += Array("x".utf8) + piece.bytes + Array(" y\n".utf8)
                lines += Array("GET / -> 200 with z".utf8) + piece.bytes + Array("\n".utf8)
            }
            let run = try ProgramRun(
                "httptrace",
                ["verify", "--expect", "-", folder.path("capture")],
                input: lines
            )
            #expect(run.code == 64)
            #expect(run.errors.count { $0 == 0x0A } >= 3)
            expectHarmless(run, ["verify"])
        }
    }

    @Test func `what is no capture, no script and no message is shown without harm`() throws {
        for (index, piece) in (HostilePiece.sequences + HostilePiece.everyByte).enumerated() {
            let text = piece.bytes + Array("x\\".utf8) + piece.bytes + Array(" y\n".utf8)
            let commands = [
                ["httptrace", "read", "-"], ["httptrace-client", "send", "--print-script", "-"],
                ["httptrace-client", "send", "--print-script", "--script", "-"],
                ["httptrace-server", "--print-script", "--script", "-"],
            ]
            // Every second piece goes one way: all of them are read by the same code.
            guard index % 2 == 0 else { continue }
            let command = commands[index / 2 % commands.count]
            let run = try ProgramRun(command[0], Array(command.dropFirst()), input: text)
            #expect(run.errors.count + run.output.count > 0, "\(command) \(piece.name)")
            expectHarmless(run, command)
        }
    }

    @Test(
        arguments: [
            "expect <", "fill <", "fill 3 <", "pause <", "drip <", "drip 1 <", "again <", "cut <",
            "expect until \\<", "expect silence <", "> \\<", "expect <", "loop <", "expect 3 <",
        ]
    )
    func `words of a script are shown without harm`(line: String) throws {
        // A line end is none of a word.
        for name in Self.names.filter({ !$0.contains("\n") }).prefix(6) {
            let script = line.replacingOccurrences(of: "<", with: name) + "\n"
            let run = try ProgramRun(
                "httptrace-client",
                ["send", "--print-script", "--script", "-"],
                input: Array(script.utf8)
            )
            #expect(ShownText.faults(in: run.errors) == [], "\(line)")
            #expect(ShownText.faults(in: run.output) == [], "\(line)")
        }
    }

    /// Nothing harmful, and no line that somebody else has written.
    private func expectHarmless(_ run: ProgramRun, _ command: [String]) {
        for text in [run.errors, run.output] {
            #expect(ShownText.faults(in: text) == [], "\(command)")
            let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
            #expect(!lines.contains { $0.hasPrefix("FORGED") }, "\(command)")
        }
    }
}
