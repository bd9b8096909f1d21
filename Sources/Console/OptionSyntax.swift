package import ArgumentParser

// The whole of Foundation takes as long to load as the rest of the program.
#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The options of a command, as far as it takes to see that one was given twice: where it has one
/// value, the library takes the last and says nothing.
package struct OptionSyntax: Sendable {
    private enum Kind: Sendable, Hashable {
        case flag
        case value(isRepeatable: Bool)
    }

    private struct Option: Sendable {
        var kind: Kind
        var names: [String]
    }

    private let commandName: String
    private let options: [Option]
    /// Whether what follows the first argument that is no option is another command's.
    private let passesOn: Bool

    /// The options of `command`.
    package init?(of command: any ParsableCommand.Type) {
        guard let tool = try? JSONDecoder().decode(Tool.self, from: Data(command._dumpHelp().utf8))
        else { return nil }
        commandName = tool.command.commandName
        let arguments = tool.command.arguments ?? []
        options = arguments.filter { $0.kind != "positional" }.map { argument in
            Option(
                kind: argument.kind == "flag"
                    ? .flag : .value(isRepeatable: argument.isRepeating),
                names: (argument.names ?? []).map(\.spelling)
            )
        }
        passesOn = arguments.contains { $0.parsingStrategy == "allRemainingInput" }
    }

    /// The names of the first option that has one value and stands in `arguments` twice.
    package func repeated(in arguments: [String]) -> [String]? {
        var given: Set<Int> = []
        var rest = arguments[...]
        if rest.first == commandName { rest.removeFirst() }
        while let argument = rest.popFirst(), argument != "--" {
            let name = String(argument.prefix { $0 != "=" })
            guard argument.hasPrefix("-"),
                let index = options.firstIndex(where: { $0.names.contains(name) })
            else {
                if passesOn { return nil }
                continue
            }
            guard case .value(let isRepeatable) = options[index].kind else { continue }
            if name == argument { _ = rest.popFirst() }
            guard isRepeatable || given.insert(index).inserted else { return options[index].names }
        }
        return nil
    }

    /// Whether an option may stand in `arguments` twice, by a glance: under one name, or under its
    /// long and its short one.
    package static func mayRepeat(_ arguments: [String]) -> Bool {
        let names = arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("-") }
            .map { $0.prefix { $0 != "=" } }
        let longCount = names.count { $0.hasPrefix("--") }
        return Set(names).count < names.count || (longCount > 0 && longCount < names.count)
    }
}

extension OptionSyntax {
    /// What the library tells of a command.
    private struct Tool: Decodable {
        var command: Command
    }

    private struct Command: Decodable {
        var commandName: String
        var arguments: [Argument]?
    }

    private struct Argument: Decodable {
        var kind: String
        var isRepeating: Bool
        var parsingStrategy: String?
        var names: [Name]?
    }

    private struct Name: Decodable {
        var kind: String
        var name: String

        var spelling: String { kind == "long" ? "--\(name)" : "-\(name)" }
    }
}

extension ParsableCommand {
    /// Refuses an option that has one value and was given two.
    ///
    /// - Throws: ``RepeatedOption``.
    static func refuseRepetition(in arguments: [String]) throws(RepeatedOption) {
        guard OptionSyntax.mayRepeat(arguments),
            let names = OptionSyntax(of: Self.self)?.repeated(in: arguments)
        else { return }
        throw RepeatedOption(names: names)
    }
}

/// An option that has one value was given two.
struct RepeatedOption: Error, CustomStringConvertible {
    let names: [String]

    var description: String {
        "\(names.joined(separator: "/")) is given twice, and takes one value: leave one out"
    }
}
