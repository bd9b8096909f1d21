import ArgumentParser

/// The options that say whether output is coloured.
package struct ColourOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Whether to colour the output. (default: auto)",
            discussion: """
                auto is on a terminal (but TERM=dumb, CLICOLOR=0), or where CLICOLOR_FORCE or \
                FORCE_COLOR is set, and never with NO_COLOR.
                """
        )
    )
    private var color: ColourChoice?

    @Flag(help: "The same as --color never.")
    private var noColor = false

    package init() {}

    package func validate() throws {
        guard !noColor || color == nil else {
            throw ValidationError("Give either --color or --no-color.")
        }
    }

    /// Whether standard output is to be coloured.
    package var isOn: Bool { (noColor ? .never : color ?? .auto).isOn }
}
