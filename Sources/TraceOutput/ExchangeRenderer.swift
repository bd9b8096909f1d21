package import Trace

/// Writes exchanges in the format that was asked for.
///
/// All formats stand side by side: there is one renderer a run, and an enum over them would copy
/// what they remember between exchanges on every call.
package struct ExchangeRenderer: Sendable {
    private let format: OutputFormat
    private let includesSummaryLine: Bool
    private var pairs: PairRenderer
    private var list: ListRenderer
    private var json: JSONLinesRenderer
    private var number = 0

    package init(format: OutputFormat, options: OutputOptions = OutputOptions()) {
        self.format = format
        includesSummaryLine = options.includesSummaryLine
        pairs = PairRenderer(options: options)
        list = ListRenderer(options: options)
        json = JSONLinesRenderer(options: options)
    }

    /// Appends what stands before the first exchange: the headings of a list.
    package func header(into buffer: inout OutputBuffer) {
        switch format {
        case .pairs, .json: break
        case .list: list.renderHeader(into: &buffer)
        }
    }

    /// Appends `exchange`, which is the next.
    package mutating func render(_ exchange: Exchange, into buffer: inout OutputBuffer) {
        number += 1
        render(number: number, into: &buffer)
        render(unnumbered: exchange, into: &buffer)
    }

    /// Whether something of an exchange depends on how many stand before it.
    package var isNumbered: Bool {
        switch format {
        case .pairs, .json: false
        case .list: true
        }
    }

    /// Appends what depends on how many exchanges stand before one, and in front of it: the number
    /// in a list, counted from 1.
    package func render(number: Int, into buffer: inout OutputBuffer) {
        if isNumbered { list.render(number: number, into: &buffer) }
    }

    /// Appends what does not depend on that.
    package mutating func render(
        unnumbered exchange: Exchange,
        into buffer: inout OutputBuffer
    ) {
        switch format {
        case .pairs: pairs.render(exchange, into: &buffer)
        case .list: list.render(exchange, into: &buffer)
        case .json: json.render(exchange, into: &buffer)
        }
    }

    /// Appends what stands after the last exchange.
    package func summary(_ summary: TraceSummary, into buffer: inout OutputBuffer) {
        switch format {
        case .pairs: pairs.render(summary, into: &buffer)
        case .list:
            // A list is looked at and cut with other tools; the findings' totals are in `pairs`.
            break
        case .json: if includesSummaryLine { json.render(summary, into: &buffer) }
        }
    }
}
