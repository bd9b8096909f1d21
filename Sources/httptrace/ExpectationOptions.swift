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

    /// Reads the expectation file.
    func expectation(from path: String) throws -> TraceExpectation {
        let text: String
        do throws(CaptureError) {
            text = try TextFile.read(path)
        } catch {
            throw error.reported()
        }
        if text.utf8.contains(0) {
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
