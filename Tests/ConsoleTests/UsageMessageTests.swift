import Testing

@testable import Console

@Suite struct UsageMessageTests {
    private func improved(_ message: String, _ arguments: String...) -> String {
        UsageMessage(
            message: message,
            arguments: arguments,
            known: ["--format", "--filter", "--version", "-f"],
            habits: [Habit("-r", "-nr", hint: "A file needs no option.")]
        ).improved
    }

    @Test(arguments: [
        ("--formt", "Error: Unknown option '--formt'. Did you mean '--format'?"),
        ("--list", "Error: Unknown option '--list'."),
        ("-nr", "Error: Unknown option '-nr'. A file needs no option."),
    ])
    func `an unknown option is told with what may be meant`(option: String, said: String) {
        let guess = "Error: Unknown option '\(option)'. Did you mean '--port'?\nUsage: x"
        #expect(improved(guess, option, "FILE") == said + "\nUsage: x")
    }

    @Test func `an unknown option is told before what is missing beside it`() {
        let message = "Error: Missing expected argument '<files>'\nHelp:  <files>  Some.\nUsage: x"
        #expect(
            improved(message, "--versoin")
                == "Error: Unknown option '--versoin'. Did you mean '--version'?\nUsage: x"
        )
        #expect(improved(message, "-f", "x", "--format=list") == message)
        #expect(improved(message, "-") == message)
        #expect(improved(message, "--", "-x") == message)
    }

    @Test func `other errors stay as they are`() {
        let message = "Error: --snaplen must be above 0.\nUsage: x"
        #expect(improved(message, "--snaplen", "0") == message)
    }
}
