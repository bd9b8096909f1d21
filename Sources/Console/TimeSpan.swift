import ArgumentParser
internal import Bytes

/// A span of time as people write it: `250ms`, `10s`, `2m`, `1h`; seconds where there is no unit.
package struct TimeSpan: ExpressibleByArgument, Sendable {
    /// What it comes to.
    package let duration: Duration

    package init(_ duration: Duration) { self.duration = duration }

    /// Reads a span; `nil` where it is no number or too long.
    package init?(argument: String) {
        guard let duration = Duration(spelling: argument) else { return nil }
        self.duration = duration
    }

    package var defaultValueDescription: String { "\(duration)" }
}
