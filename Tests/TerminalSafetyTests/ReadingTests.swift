import Support
import Testing

/// `httptrace read`: captures in every format.
@Suite struct ReadingTests {
    private static let text: [[String]] =
        [["--format", "list"], ["--format", "list", "--color", "always"]]
        + ["none", "text", "hex", "all"].map { ["--format", "pairs", "--bodies", $0] }
        + [["--format", "pairs", "--bodies", "text", "--color", "always"]]

    private static let json: [[String]] =
        [["--format", "json", "--summary", "--color", "always"]]
        + ["none", "text", "hex", "all"].map { ["--format", "json", "--bodies", $0] }

    @Test(arguments: HostileFile.single, text)
    func `nothing reaches the terminal unescaped`(
        file: HostileFile,
        options: [String]
    ) throws {
        let folder = try TemporaryFolder()
        let run = try ProgramRun("httptrace", ["read"] + options + [file.write(to: folder)])
        #expect(run.code == 0)
        #expect(run.output.count > 100_000)
        #expect(ShownText.faults(in: run.output, isColoured: options.contains("always")) == [])
        #expect(ShownText.faults(in: run.errors) == [])
    }

    @Test(arguments: HostileFile.single, json)
    func `each line of JSON is an object, and nothing in it steers a terminal`(
        file: HostileFile,
        options: [String]
    ) throws {
        let folder = try TemporaryFolder()
        let run = try ProgramRun("httptrace", ["read"] + options + [file.write(to: folder)])
        #expect(run.code == 0)
        #expect(Parsed.faults(inJSONLines: run.output) == [])
        #expect(ShownText.faults(in: run.output) == [])
        #expect(ShownText.faults(in: run.errors) == [])
    }

    @Test(arguments: [HostileFile.sequences, .random], ["pairs", "json"])
    func `frames are explained without harm`(file: HostileFile, format: String) throws {
        let folder = try TemporaryFolder()
        // Every seventh: frames are looked at one by one.
        let numbers = stride(from: 1, to: 6000, by: 7).map(String.init).joined(separator: ",")
        let options = ["--format", format, "--frame", numbers]
        let run = try ProgramRun("httptrace", ["read"] + options + [file.write(to: folder)])
        #expect(run.output.count > 100_000)
        if format == "json" { #expect(Parsed.faults(inJSONLines: run.output) == []) }
        #expect(ShownText.faults(in: run.output) == [])
        #expect(ShownText.faults(in: run.errors) == [])
    }

    @Test func `comments of a capture are there, and harmless`() throws {
        let folder = try TemporaryFolder()
        let capture = try HostileFile.sequences.write(to: folder)
        for format in ["pairs", "json"] {
            let run = try ProgramRun("httptrace", ["--format", format, "--summary", capture])
            let summary = Array(run.output.suffix(20_000))
            #expect(String(decoding: summary, as: UTF8.self).contains("omments"))
            #expect(ShownText.faults(in: summary) == [])
        }
    }

    @Test(arguments: ["text", "json"])
    func `explanations are harmless`(format: String) throws {
        let run = try ProgramRun("httptrace", ["explain", "--format", format])
        #expect(run.code == 0)
        if format == "json" { #expect(Parsed.faults(inJSONLines: run.output) == []) }
        #expect(ShownText.faults(in: run.output) == [])
    }
}
