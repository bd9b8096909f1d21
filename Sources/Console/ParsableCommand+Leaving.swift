package import ArgumentParser
internal import Bytes

extension ParsableCommand {
    /// Ends the program as `error` says, like the library's `exit(withError:)`, and lets nothing
    /// harmful through that its message repeats of the command line: names of files may be anybody's.
    ///
    /// - Parameters:
    ///   - error: Why it ends.
    ///   - habits: What other tools' users type, and what to tell them.
    package static func leave(with error: any Error, habits: [Habit] = []) -> Never {
        let code = exitCode(for: error)
        var message = fullMessage(for: error)
        // Help and versions are the program's own words.
        if code.isSuccess {
            guard message.hasPrefix("OVERVIEW: ") else { exit(withError: error) }
            let help = HelpText(message)
            exit(withHelp: CommandLine.arguments.contains("-h") ? help.brief : help.whole)
        }
        // Lines are the library's, and none of an argument.
        for argument in CommandLine.arguments where argument.utf8.contains(.lineFeed) {
            message = message.replacing(argument, with: EscapedText.harmless(argument))
        }
        let arguments = CommandLine.arguments.dropFirst().map { EscapedText.harmless($0) }
        message =
            UsageMessage(
                message: message,
                arguments: arguments,
                known: options(of: arguments.first),
                habits: habits
            ).improved
        if !message.isEmpty {
            StandardError.write(EscapedText.harmless(message, keepingLineFeeds: true) + "\n")
        }
        exit(withError: code)
    }
}

extension ParsableCommand {
    private static func exit(withHelp text: String) -> Never {
        FailedWrites.becomeErrors()
        var output = StandardOutput()
        do throws(StandardOutput.Failure) {
            try output.write(text)
        } catch {
            StandardError.report("\(error)", by: configuration.commandName ?? "")
            exit(withError: ExitCode(73))
        }
        exit(withError: ExitCode.success)
    }

    /// The options of the subcommand of that name, or else of the one that needs no name, as its help
    /// tells them.
    private static func options(of name: String?) -> Set<String> {
        let configuration = Self.configuration
        let command =
            configuration.subcommands.first { $0.configuration.commandName == name }
            ?? configuration.defaultSubcommand ?? Self.self
        let help = HelpText(helpMessage(for: command, includeHidden: true)).options
        return Set(help.matches(of: /[ ,\/](--?[a-zA-Z][a-z-]*)/).map { String($0.1) })
    }
}

extension AsyncParsableCommand {
    /// Does what the library's `main` does, without leaving the first thread before the command
    /// runs (hence the main actor): a process with a second one cannot move to a network of its own,
    /// nor give up its rights.
    ///
    /// - Parameters:
    ///   - habits: What other tools' users type, and what to tell them.
    ///   - prepare: is called with the command before it runs, on that thread.
    @MainActor
    package static func runToEnd(
        habits: [Habit] = [],
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
            leave(with: error, habits: habits)
        }
    }
}
