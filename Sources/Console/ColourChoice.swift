import ArgumentParser

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Whether to colour.
package enum ColourChoice: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// On a terminal, unless `NO_COLOR` is set (<https://no-color.org>).
    case auto
    case always
    case never

    /// Whether standard output is to be coloured.
    package var isOn: Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto: Terminal.isOutput && !Self.isDeclined
        }
    }

    private static var isDeclined: Bool {
        guard let value = unsafe getenv("NO_COLOR") else { return false }
        return unsafe value.pointee != 0
    }
}
