internal import ComparisonOutput
internal import Expectations
internal import TraceOutput

/// What is not as it was expected.
///
/// Swift Testing and XCTest both show ``description`` where a test throws it.
public struct TraceMismatch: Error, Sendable {
    private let difference: TraceDifference
    private let emptiness: String?

    init(_ difference: TraceDifference, _ emptiness: String?) {
        self.difference = difference
        self.emptiness = emptiness
    }
}

extension TraceMismatch: CustomStringConvertible {
    /// What was expected beside what was seen, then what was on the wire of each exchange that
    /// differs.
    public var description: String {
        var options = OutputOptions()
        options.width = 100
        var buffer = OutputBuffer()
        buffer.append("the trace is not as expected")
        if let emptiness { buffer.append(string: ": \(emptiness)") }
        buffer.append("\n\n")
        DifferenceRenderer(options: options).render(difference, into: &buffer)
        for case let seen? in difference.rows.filter({ $0.verdict != .met }).map(\.seen) {
            buffer.append(string: "\n\(Exchange(seen))")
        }
        return String(buffer)
    }
}
