import ArgumentParser
import Console
import TraceOutput

/// Whether exchanges are shown that are not over yet: what `capture` and `run` have in common.
struct PendingOption: ParsableArguments {
    @Flag(
        help: ArgumentHelp(
            "Show a request that has waited for a second, also where the output is no terminal.",
            discussion: """
                In list it is a row without a number, with … where the status will be, and in pairs a \
                line; on a terminal both are shown without being asked for. With json it is a line \
                of "type":"pending" with what is known, and the seconds waited. The exchange itself \
                follows as always when it is over.
                """
        )
    )
    var pending = false

    /// Whether they are shown in this format.
    func isWanted(in format: OutputFormat) -> Bool {
        switch format {
        case .pairs, .list: pending || Terminal.isOutput
        case .json: pending
        }
    }
}
