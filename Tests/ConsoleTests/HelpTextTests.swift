import Testing

@testable import Console

@Suite struct HelpTextTests {
    private let help = HelpText(
        """
        OVERVIEW: Shows exchanges,
        in order.

        All about it.

        Examples:
          show FILE

        USAGE: show [<options>] <file>
               show --version

        ARGUMENTS:
          <file>                  The file.

        LIMITS:
          --most <bytes>          The most.

        OPTIONS:
          --format <format>       How to show them, in
                                  one of two ways.
                More about that.
          -h, --help              Show help information.

        SUBCOMMANDS:
          read                    Reads.

          See 'show help <subcommand>' for detailed help.
        """
    )

    @Test func `the whole has everything, and what is common first`() {
        #expect(
            help.whole == """
                OVERVIEW: Shows exchanges,
                in order.

                All about it.

                Examples:
                  show FILE

                USAGE: show [<options>] <file>
                       show --version

                ARGUMENTS:
                  <file>                  The file.

                OPTIONS:
                  --format <format>       How to show them, in
                                          one of two ways.
                        More about that.
                  -h, --help              Show help information.

                SUBCOMMANDS:
                  read                    Reads.

                LIMITS:
                  --most <bytes>          The most.

                  See 'show help <subcommand>' for detailed help.

                """
        )
    }

    @Test func `what is brief leaves out the rare, and says that there is more`() {
        #expect(
            help.brief == """
                OVERVIEW: Shows exchanges,
                in order.

                USAGE: show [<options>] <file>
                       show --version

                ARGUMENTS:
                  <file>                  The file.

                OPTIONS:
                  --format <format>       How to show them, in
                                          one of two ways.
                  -h, --help              Show help information.

                SUBCOMMANDS:
                  read                    Reads.

                  See 'show help <subcommand>' for detailed help.

                --help tells more, and has: limits, examples.

                """
        )
    }
}
