import ArgumentParser
import Bytes
import CaptureIO
import ComparisonOutput
import Expectations
import TraceIO
import TraceOutput

/// What was expected, compared with what was seen, on its way to the terminal and into reports.
struct Verdict {
    /// The exit code where an expectation was not met.
    static let notMet = ExitCode(1)

    let options: ExpectationOptions
    /// Width and colour.
    let output: OutputOptions
    /// The names of the expectation file and of the captures.
    let specification: String
    let captures: [String]
    /// What kept the captures from being read to their end.
    var damage: [String] = []

    /// Shows the difference, and answers what to exit with.
    func show(_ difference: TraceDifference) -> ExitCode {
        var text = TextWriter()
        let renderer = DifferenceRenderer(
            options: output,
            expected: Self.shortName(specification),
            seen: captures.map(Self.shortName).joined(separator: ", "),
            showsAll: options.showsAll
        )
        renderer.render(difference, into: &text.buffer)
        text.flush()
        do throws(CaptureError) {
            try writeReports(difference)
        } catch {
            return error.reported()
        }
        if case .refused? = text.failure { return text.failure?.reported() ?? .success }
        // A part of a capture proves nothing, whatever it is compared with.
        if !damage.isEmpty { return ExitCode(CaptureError.Kind.damaged.exitCode) }
        return difference.isMet ? .success : Self.notMet
    }

    /// The last part of a path, for a heading.
    static func shortName(_ path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return path == "-" ? "standard input" : EscapedText.escape(name)
    }

    private func writeReports(_ difference: TraceDifference) throws(CaptureError) {
        if let path = options.junit {
            let renderer = JUnitRenderer(specification: specification, damage: damage)
            try TextFile.write(path) { renderer.render(difference, into: &$0) }
        }
        if let path = options.sarif {
            let renderer = SARIFRenderer(
                version: HTTPTraceCommand.configuration.version,
                specification: specification,
                captures: captures,
                damage: damage
            )
            try TextFile.write(path) { renderer.render(difference, into: &$0) }
        }
    }
}
