import ArgumentParser
import Reassembly
import Trace

extension OverlapPolicy: ExpressibleByArgument {}

/// How segments become streams.
struct SegmentOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where segments that wait for others overlap, take the bytes that came first or last.",
            valueName: "first|last"
        )
    )
    var overlap: OverlapPolicy = .first

    @Flag(help: "Look at checksums; leave out, and count, what has a wrong one.")
    var verifyChecksums = false

    /// Has the tracer go by what is said.
    func apply(to options: inout TracerOptions) {
        options.overlap = overlap
        options.decoding.verifiesChecksums = verifyChecksums
    }
}
