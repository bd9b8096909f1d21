package import ArgumentParser
internal import Bytes

extension ParsableCommand {
    /// Ends the program as `error` says, like the library's `exit(withError:)`, and lets nothing
    /// harmful through that its message repeats of the command line: names of files may be anybody's.
    package static func leave(with error: any Error) -> Never {
        let code = exitCode(for: error)
        // Help and versions are the program's own words.
        if code.isSuccess { exit(withError: error) }
        var message = fullMessage(for: error)
        // Lines are the library's, and none of an argument.
        for argument in CommandLine.arguments where argument.utf8.contains(.lineFeed) {
            message = message.replacing(argument, with: EscapedText.harmless(argument))
        }
        if !message.isEmpty {
            StandardError.write(EscapedText.harmless(message, keepingLineFeeds: true) + "\n")
        }
        exit(withError: code)
    }
}

extension AsyncParsableCommand {
    /// Does what the library's `main` does, without leaving the first thread before the command
    /// runs (hence the main actor): a process with a second one cannot move to a network of its own,
    /// nor give up its rights.
    ///
    /// - Parameter prepare: is called with the command before it runs, on that thread.
    @MainActor
    package static func runToEnd(
        preparing prepare: (any ParsableCommand) throws -> Void = { _ in }
    ) async {
        do {
            var command = try parseAsRoot()
            try type(of: command)
                .refuseRepetition(in: Array(CommandLine.arguments.dropFirst()))
            try prepare(command)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error as RepeatedOption {
            StandardError.report("\(error)", by: configuration.commandName ?? "")
            exit(withError: ExitCode.validationFailure)
        } catch {
            leave(with: error)
        }
    }
}
