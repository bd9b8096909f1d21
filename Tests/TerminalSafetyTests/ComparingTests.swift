import Foundation
import Support
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// `httptrace verify` and `httptrace diff`, and the reports for other programs.
@Suite struct ComparingTests {
    /// What is expected, and the options for it.
    enum Expectation: String, Sendable, CaseIterable {
        /// One exchange, which is not there: every other is too much.
        case another
        /// What another capture holds: exchanges are alike, and differ in each part.
        case recorded

        func write(to path: String) throws {
            switch self {
            case .another:
                try Data("GET /never -> 299\n".utf8).write(to: URL(fileURLWithPath: path))
            case .recorded:
                let folder = try TemporaryFolder()
                let capture = try HostileFile.someOther.write(to: folder)
                let options = ["--record", "--detail", "content", "--expect", path]
                let run = try ProgramRun("httptrace", ["verify"] + options + [capture])
                #expect(run.code == 0, "\(String(decoding: run.errors, as: UTF8.self))")
            }
        }
    }

    @Test(arguments: Expectation.allCases, ["always", "never"])
    func `a verdict is harmless, and its reports can be read`(
        expectation: Expectation,
        color: String
    ) throws {
        let folder = try TemporaryFolder()
        try expectation.write(to: folder.path("expect"))
        let options = [
            "--expect", folder.path("expect"), "--color", color, "--all",
            "--junit", folder.path("junit"), "--sarif", folder.path("sarif"),
        ]
        let run = try ProgramRun(
            "httptrace",
            ["verify"] + options + [HostileFile.some.write(to: folder)]
        )
        #expect(run.code == 1, "\(String(decoding: run.errors.prefix(1000), as: UTF8.self))")
        #expect(run.output.count > 50_000)
        #expect(ShownText.faults(in: run.output, isColoured: color == "always") == [])
        #expect(ShownText.faults(in: run.errors) == [])
        let junit = try folder.contents("junit")
        #expect(ShownText.faults(in: junit) == [])
        #expect(Self.fault(inXML: junit) == nil)
        let sarif = try folder.contents("sarif")
        #expect(ShownText.faults(in: sarif) == [])
        #expect(Parsed.fault(inJSON: Data(sarif)) == nil)
    }

    @Test(arguments: [HostileFile.some, .random], ["lines", "fields", "content"])
    func `what is recorded is harmless, and the capture meets it`(
        file: HostileFile,
        detail: String
    ) throws {
        let folder = try TemporaryFolder()
        let capture = try file.write(to: folder)
        let run = try ProgramRun("httptrace", ["verify", "--record", "--detail", detail, capture])
        #expect(run.code == 0)
        #expect(ShownText.faults(in: run.output) == [])
        let check = try ProgramRun(
            "httptrace",
            ["verify", "--expect", "-", capture],
            input: run.output
        )
        #expect(check.code == 0, "\(String(decoding: check.errors.prefix(1000), as: UTF8.self))")
        #expect(ShownText.faults(in: check.output) == [])
    }

    @Test(arguments: ["always", "never"])
    func `a difference is harmless`(color: String) throws {
        let folder = try TemporaryFolder()
        let files: [HostileFile] = [.some, .someOther]
        let captures = try files.map { try $0.write(to: folder) }
        let options = ["--color", color, "--all-headers"]
        let run = try ProgramRun("httptrace", ["diff"] + options + captures)
        #expect(run.code == 1)
        #expect(run.output.count > 100_000)
        #expect(ShownText.faults(in: run.output, isColoured: color == "always") == [])
        #expect(ShownText.faults(in: run.errors) == [])
    }

    private static func fault(inXML bytes: [UInt8]) -> String? {
        let parser = XMLParser(data: Data(bytes))
        return parser.parse() ? nil : "\(parser.parserError.map { "\($0)" } ?? "no XML")"
    }
}
