import ArgumentParser
import Console
import Testing

@Suite struct OptionSyntaxTests {
    private struct Command: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "command")

        @Option(name: [.short, .long]) var filter: String?
        @Option var format: String?
        @Option var port: [Int] = []
        @Flag var quiet = false
        @Argument var files: [String] = []
    }

    private struct Passing: ParsableCommand {
        @Option(name: [.short, .long]) var count: Int?
        @Argument(parsing: .captureForPassthrough) var command: [String]
    }

    @Test(arguments: [
        (["-f", "a", "--filter", "b"], ["-f", "--filter"]),
        (["command", "--format=a", "x", "--format", "b"], ["--format"]),
        (["-f", "a", "-f", "a"], ["-f", "--filter"]), (["-f", "--format"], nil),
        (["--port", "1", "--port", "1", "--quiet", "--quiet"], nil),
        (["--format", "a", "--", "--format", "b"], nil), (["-f", "a", "--format", "b"], nil),
        (["--format", "--format", "--format"], ["--format"]), ([], nil),
    ])
    func `an option that has one value and is given twice is found`(
        arguments: [String],
        expected: [String]?
    ) throws {
        let syntax = try #require(OptionSyntax(of: Command.self))
        #expect(syntax.repeated(in: arguments) == expected)
        if expected != nil { #expect(OptionSyntax.mayRepeat(arguments)) }
    }

    @Test(arguments: [
        (["-c", "1", "echo", "-c", "2"], nil), (["-c", "1", "--", "echo", "-c", "2"], nil),
        (["-c", "1", "--count", "2", "echo"], ["-c", "--count"]),
    ])
    func `the options of a command that is passed on are its own`(
        arguments: [String],
        expected: [String]?
    ) throws {
        let syntax = try #require(OptionSyntax(of: Passing.self))
        #expect(syntax.repeated(in: arguments) == expected)
    }
}
