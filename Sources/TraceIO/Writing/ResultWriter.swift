package import Trace
package import TraceOutput

/// Renders exchanges and writes them to standard output.
package struct ResultWriter: ~Copyable {
    /// Bytes are handed to the system in portions of this size, unless asked for sooner.
    private static let portion = 1 << 20

    private var renderer: ExchangeRenderer
    private var text = TextWriter(capacity: portion + (portion >> 2))

    /// How many exchanges were written.
    package private(set) var count = 0

    /// The most exchanges that are written.
    package var limit = Int.max

    package init(_ format: OutputFormat, _ options: OutputOptions) {
        renderer = ExchangeRenderer(format: format, options: options)
        renderer.header(into: &text.buffer)
    }

    /// The summary of the exchanges written, where only so many are.
    private var written = TraceSummary()

    /// Whether only so many exchanges are written.
    package var isLimited: Bool { limit < .max }

    /// Why output ended early; `nil` where it did not.
    package var failure: TextWriter.Failure? { text.failure }

    /// Whether nothing more is to be written: as many as asked for, or nobody reads.
    package var isDone: Bool { count >= limit || failure != nil }

    /// Writes an exchange, sooner or later.
    package mutating func write(_ exchange: Exchange) {
        guard !isDone else { return }
        count += 1
        if isLimited { written.count(exchange) }
        renderer.render(exchange, into: &text.buffer)
        if text.buffer.count >= Self.portion { text.flush() }
    }

    /// Writes an exchange that is in flight, sooner or later, uncounted.
    package mutating func write(pending exchange: Exchange, waited nanoseconds: Int64) {
        guard !isDone else { return }
        renderer.render(pending: exchange, waited: nanoseconds, into: &text.buffer)
    }

    /// Writes those of exchanges that were rendered elsewhere which finished no later than `last`,
    /// sooner or later, or drops them.
    mutating func write(_ rendered: inout RenderedExchanges, through last: Int) {
        guard !isDone else { return rendered.drop(through: last) }
        if renderer.isNumbered {
            writeNumbered(&rendered, through: last)
        } else {
            count += rendered.move(through: last, to: &text.buffer)
        }
        if text.buffer.count >= Self.portion { text.flush() }
    }

    private mutating func writeNumbered(_ rendered: inout RenderedExchanges, through last: Int) {
        while let ordinal = rendered.firstOrdinal, ordinal <= last {
            count += 1
            rendered.takeFirst { renderer.render(number: count, $0, into: &text.buffer) }
        }
    }

    /// Writes the summary, and everything that is still in memory; the summary tells of the
    /// exchanges written, where only so many were wanted.
    ///
    /// - Returns: the summary as written.
    @discardableResult
    package mutating func finish(_ summary: TraceSummary) -> TraceSummary {
        var summary = summary
        if count >= limit {
            summary.exchanges = written.exchanges
            summary.findings = written.findings
        }
        renderer.summary(summary, into: &text.buffer)
        text.flush()
        return summary
    }

    /// Writes everything that is still in memory.
    package mutating func flush() { text.flush() }
}
