import ArgumentParser
import Console
import HTTPWire
import Trace

/// How much of the traffic is looked at and kept, and on how many threads.
struct TraceLimits: ParsableArguments {
    @Option(help: ArgumentHelp("Look at no more of a frame than this.", valueName: "bytes"))
    var snaplen = ByteCount(262_144)

    @Option(
        help: ArgumentHelp(
            """
            Decode the content of one message to no more than this. (default: 200 times what was \
            sent, but at least 64 KiB and at most 64 MiB, in json with --bodies text 1 MiB)
            """,
            valueName: "bytes"
        )
    )
    var decodedLimit: ByteCount?

    @Option(
        help: ArgumentHelp(
            """
            Keep at most so much of what is not over: connections, waiting segments, open messages.
            """,
            valueName: "bytes"
        )
    )
    var memoryLimit = ByteCount(1 << 30)

    @Option(
        help: ArgumentHelp(
            "Keep at most so much of a message's start line and header section.",
            valueName: "bytes"
        )
    )
    var maxHeaderSection = ByteCount(ParserLimits().headerSection)

    @Option(
        help: ArgumentHelp(
            "Keep at most so much of a start line. (default: half of the header section)",
            valueName: "bytes"
        )
    )
    var maxStartLine: ByteCount?

    @Option(
        help: ArgumentHelp(
            """
            Read streams on so many threads; the output is the same for any number. (default: two a \
            core, 8 at most)
            """,
            valueName: "count"
        )
    )
    var threads: Int?

    func validate() throws {
        guard snaplen.bytes > 0 else { throw ValidationError("--snaplen must be above 0.") }
        guard 1...256 ~= threads ?? 1 else {
            throw ValidationError("--threads must be from 1 to 256.")
        }
        guard decodedLimit?.bytes ?? 1 > 0 else {
            throw ValidationError("--decoded-limit must be above 0.")
        }
        guard memoryLimit.bytes > 0 else {
            throw ValidationError("--memory-limit must be above 0.")
        }
        // Below this not even the parts of a start line would be whole.
        guard (256...1 << 30).contains(maxHeaderSection.bytes) else {
            throw ValidationError("--max-header-section must be from 256 to 1073741824.")
        }
        guard (128...1 << 30).contains(maxStartLine?.bytes ?? 128) else {
            throw ValidationError("--max-start-line must be from 128 to 1073741824.")
        }
    }

    /// Has the tracer keep within them.
    func apply(to options: inout TracerOptions) {
        options.memoryLimit = memoryLimit.bytes
        options.parserLimits.headerSection = maxHeaderSection.bytes
        options.parserLimits.startLine = maxStartLine?.bytes
    }
}
