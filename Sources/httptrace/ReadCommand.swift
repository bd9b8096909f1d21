import ArgumentParser
import CaptureIO
import TraceIO
import Console

struct ReadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Shows the HTTP exchanges in capture files.",
        discussion: """
            Files are pcap or pcapng, whatever their names; - is standard input. Several files are \
            read one after the other, as one capture.
            """
    )

    @OptionGroup var options: TraceOptions

    @Argument(
        help: "The capture files, in the order of their time.",
        completion: .file()
    )
    var files: [String]

    func run() throws {
        BrokenPipes.becomeErrors()
        var writer = options.resultWriter
        var trace = FileTrace(
            options: options.tracerOptions,
            filter: try makeFilter(),
            snapshotLength: options.snaplen
        )
        var exit = ExitCode.success
        for file in files where writer.failure == nil {
            do throws(CaptureError) {
                try trace.read(file) { writer.write($0) }
            } catch {
                if trace.summary.frames > 0 { writer.flush() }
                exit = error.reported()
            }
        }
        // Where nothing could be read, a summary of nothing would only hide the reason.
        if exit != .success, trace.summary.frames == 0 { throw exit }
        trace.finish { writer.write($0) }
        writer.finish(trace.summary)
        if let failure = writer.failure { exit = failure.reported() }
        throw exit
    }

    private func makeFilter() throws -> PacketFilter? {
        guard let expression = options.filter else { return nil }
        do throws(CaptureError) {
            return try PacketFilter(expression)
        } catch {
            throw error.reported()
        }
    }
}
