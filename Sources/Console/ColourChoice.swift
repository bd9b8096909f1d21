import ArgumentParser

/// Whether to colour.
package enum ColourChoice: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// On a terminal that shows colours, unless the environment declines or forces them.
    case auto
    case always
    case never

    /// Whether standard output is to be coloured.
    package var isOn: Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto: Self.isOn(isTerminal: Terminal.isOutput) { Environment.value($0) }
        }
    }

    /// What an environment makes of `auto`: `NO_COLOR` (<https://no-color.org>) weighs most, then
    /// what forces colours, also into a pipe, then what declines them.
    package static func isOn(isTerminal: Bool, _ value: (String) -> String?) -> Bool {
        if value("NO_COLOR")?.isEmpty == false { return false }
        if isForced(value) { return true }
        return isTerminal && value("TERM") != "dumb" && value("CLICOLOR") != "0"
    }

    private static func isForced(_ value: (String) -> String?) -> Bool {
        ["CLICOLOR_FORCE", "FORCE_COLOR"].contains { name in
            value(name).map { $0 != "0" && $0 != "false" } ?? false
        }
    }
}
