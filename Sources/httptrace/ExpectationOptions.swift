import ArgumentParser
import CaptureIO
import Console
import Expectations
import TraceIO

/// What the traffic is compared with, and where the verdict goes.
struct ExpectationOptions: ParsableArguments {
    @Flag(help: "Let findings of severity error pass that no line names.")
    var allowFindings = false

    @Flag(name: .customLong("all"), help: "Show exchanges that are as expected too.")
    var showsAll = false

    @Option(
        help: ArgumentHelp("Write the verdict as JUnit XML to this file too.", valueName: "file"),
        completion: .file()
    )
    var junit: String?

    @Option(
        help: ArgumentHelp("Write the verdict as SARIF 2.1.0 to this file too.", valueName: "file"),
        completion: .file()
    )
    var sarif: String?

    /// Whether `text` is what a capture looks like to who reads it as text: it begins with bytes that
    /// are no UTF-8, or as pcapng and gzip do.
    private static func isCapture(_ text: String) -> Bool {
        guard text.utf8.contains(0) else { return false }
        return ["\u{FFFD}", "\n\r\r\n", "\u{1F}"].contains { text.utf8.starts(with: $0.utf8) }
    }

    /// Reads the expectation file.
    func expectation(from path: String) throws -> TraceExpectation {
        let text: String
        do throws(CaptureError) {
            text = try TextFile.read(path)
        } catch {
            throw error.reported()
        }
        if Self.isCapture(text) {
            report(
                """
                \(path) is no text with what is expected; the captures to look at stand alone, and \
                the expectation behind --expect
                """
            )
            throw ExitCode(CaptureError.Kind.usage.exitCode)
        }
        do throws(ExpectationFileErrors) {
            var expectation = try TraceExpectation(parsing: text)
            expectation.allowsFindings = allowFindings
            return expectation
        } catch {
            StandardError.write(
                error.description(ofFile: path == "-" ? "standard input" : path) + "\n"
            )
            throw ExitCode(CaptureError.Kind.usage.exitCode)
        }
    }
}
