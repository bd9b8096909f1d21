import ArgumentParser
import CaptureIO
import Console
import Expectations
import Trace
import TraceIO
import TraceOutput

extension RecordingDetail: ExpressibleByArgument {}

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compares the exchanges in capture files with what is expected of them.",
        usage: """
            httptrace verify --expect <file> [<options>] <files> ...
            httptrace verify --record [--expect <file>] [<options>] <files> ...
            """,
        discussion: """
            An expectation file has a line for each exchange, in order:

              # METHOD target      -> status; * is anything
              GET  /index.txt      -> 200
              POST /               -> 204 with unterminated-header-section
              GET  /users/*?page=* -> 2xx times 2-5 within 2s
                  request Accept: application/json*
                  request no Cookie
                  response Content-Type: application/json*
                  response content "*\\"name\\"*"
                  connection reused
              in any order:
                  GET|HEAD /a.css  -> 200|304
                  GET      /b.js   -> none
                      because connection-closed
              ...
              none                 -> 408
              nothing unclaimed

            Exchanges that no line expects fail, except where ... stands; so do findings of \
            severity error that their line does not name (with *: all may be there; without \
            CODE: must not be; without *: none). An indented line is about the exchange above it: \
            request or response NAME: VALUE, no NAME, content, length, version, reason (of a \
            response), complete, incomplete; interim 103; connection new; server or client \
            ADDRESS:PORT; because REASON; and for a part of the time (connect, blocked, send, wait, first-byte, receive, total) \
            at least 10ms within 2s. Bounds are on the capture's clock: a loaded machine is slow, so \
            be generous. nothing unclaimed and nothing missing are about all bytes. \\* is an \
            asterisk, "a b" one word.

            Exits with 1 where something is not as expected, with 2 where the capture was damaged, \
            whatever was found.

            Examples:
              httptrace verify traffic.pcapng --record --expect traffic.expect
              httptrace verify traffic.pcapng --expect traffic.expect --junit verdict.xml
              httptrace run --expect traffic.expect -- make check
            """
    )

    @Option(
        help: ArgumentHelp("What is expected; - is standard input.", valueName: "file"),
        completion: .file()
    )
    var expect: String?

    @OptionGroup var options: ExpectationOptions

    @Flag(
        help: """
            Write what is expected from the capture instead: to the file of --expect, which must \
            not be there yet, or to standard output.
            """
    )
    var record = false

    @Option(
        help: ArgumentHelp(
            """
            How much --record writes down; ports and dates become *, and fields that differ \
            in each run are left out.
            """,
            valueName: "lines|fields|content"
        )
    )
    var detail: RecordingDetail = .lines

    @Option(name: [.short, .long], help: "A filter for frames, in the syntax of pcap-filter(7).")
    var filter: String?

    @OptionGroup var protocols: ProtocolOptions
    @OptionGroup(title: OptionTitle.reading) var linkType: LinkTypeOption

    @OptionGroup var colours: ColourOptions

    @Argument(help: "The capture files, in any order.", completion: .file())
    var files: [String]

    func validate() throws {
        guard record || expect != nil else {
            throw ValidationError("--expect names the file with what is expected.")
        }
        if (files + [expect]).count(where: { $0 == "-" }) > 1 {
            throw ValidationError("Standard input (-) can be read once only.")
        }
        if record, expect == "-" {
            throw ValidationError("--record without --expect writes to standard output.")
        }
        if record, options.junit != nil || options.sarif != nil {
            throw ValidationError("--record compares nothing: there is no verdict to report.")
        }
    }

    func run() throws {
        FailedWrites.becomeErrors()
        guard !record else { throw try recorded() }
        guard let expect else { return }
        let expectation = try options.expectation(from: expect)
        let session = try collect(keepingContent: expectation.needsContent)
        var output = OutputOptions()
        output.width = Terminal.width
        output.usesColor = colours.isOn
        let verdict = Verdict(
            options: options,
            output: output,
            specification: expect,
            captures: files,
            damage: session.damage.map(\.description)
        )
        throw verdict.show(
            expectation.difference(from: session.exchanges, session.summary.ledger)
        )
    }

    private func collect(keepingContent: Bool) throws -> CollectingSession {
        var tracer = TracerOptions()
        tracer.contentLimit = keepingContent ? 64 << 20 : 0
        tracer.codedContentLimit = 64 << 20
        protocols.apply(to: &tracer)
        return try CollectingSession(
            files,
            filter: filter,
            linkType: linkType.value,
            options: tracer
        )
    }

    /// Writes the expectation that the capture meets, and answers what to exit with.
    private func recorded() throws -> ExitCode {
        let session = try collect(keepingContent: detail == .content)
        let text = TraceExpectation(recording: session.exchanges, detail: detail).notation
        if let expect {
            do throws(CaptureError) {
                try TextFile.write(expect, replaces: false) { $0.append(string: text) }
            } catch {
                return error.reported()
            }
        } else {
            var writer = TextWriter()
            writer.buffer.append(string: text)
            writer.flush()
            if let failure = writer.failure { return failure.reported() }
        }
        return session.damage.isEmpty ? .success : ExitCode(CaptureError.Kind.damaged.exitCode)
    }
}
