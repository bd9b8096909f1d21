package import Trace

/// Writes exchanges in the format that was asked for.
///
/// All formats stand side by side: there is one renderer a run, and an enum over them would copy
/// what they remember between exchanges on every call.
package struct ExchangeRenderer: Sendable {
    private let format: OutputFormat
    private let includesSummary: Bool
    private let endsWithTotals: Bool
    private var pairs: PairRenderer
    private var list: ListRenderer
    private var json: JSONLinesRenderer
    private var number = 0

    package init(format: OutputFormat, options: OutputOptions = OutputOptions()) {
        self.format = format
        includesSummary = options.includesSummaryLine
        endsWithTotals = options.endsWithTotals
        pairs = PairRenderer(options: options)
        list = ListRenderer(options: options)
        json = JSONLinesRenderer(options: options)
    }

    /// Appends the text before the first exchange: the headings of a list.
    package func header(into buffer: inout OutputBuffer) {
        switch format {
        case .pairs, .json: break
        case .list: list.renderHeader(into: &buffer)
        }
    }

    /// Appends `exchange`, which is the next.
    package mutating func render(_ exchange: Exchange, into buffer: inout OutputBuffer) {
        guard isNumbered else { return render(unnumbered: exchange, into: &buffer) }
        var row = OutputBuffer(capacity: 512)
        render(unnumbered: exchange, into: &row)
        number += 1
        row.withBytes { render(number: number, $0, into: &buffer) }
    }

    /// Whether the text of an exchange depends on how many stand before.
    package var isNumbered: Bool {
        switch format {
        case .pairs, .json: false
        case .list: true
        }
    }

    /// Appends an exchange of which `rendered` is the part that does not depend on how many stand
    /// before: in a list the number, counted from 1, and the row in the room left.
    package mutating func render(
        number: Int,
        _ rendered: Span<UInt8>,
        into buffer: inout OutputBuffer
    ) {
        switch format {
        case .pairs, .json: buffer.append(rendered)
        case .list: list.render(number: number, rendered, into: &buffer)
        }
    }

    /// Appends the part of an exchange that does not depend on how many stand before.
    package mutating func render(
        unnumbered exchange: Exchange,
        into buffer: inout OutputBuffer
    ) {
        switch format {
        case .pairs: pairs.render(exchange, into: &buffer)
        case .list: list.render(unnumbered: exchange, into: &buffer)
        case .json: json.render(exchange, into: &buffer)
        }
    }

    /// Appends an exchange that is in flight, and will be rendered when it is over.
    package mutating func render(
        pending exchange: Exchange,
        waited nanoseconds: Int64,
        into buffer: inout OutputBuffer
    ) {
        switch format {
        case .pairs: pairs.render(pending: exchange, waited: nanoseconds, into: &buffer)
        case .list: list.render(pending: exchange, waited: nanoseconds, into: &buffer)
        case .json: json.render(pending: exchange, waited: nanoseconds, into: &buffer)
        }
    }

    /// Appends the text after the last exchange.
    package func summary(_ summary: TraceSummary, into buffer: inout OutputBuffer) {
        switch format {
        case .pairs: pairs.render(summary, into: &buffer)
        case .list:
            if includesSummary {
                buffer.append("\n")
                pairs.render(summary, into: &buffer)
            } else if endsWithTotals {
                list.render(summary, into: &buffer)
            }
        case .json: if includesSummary { json.render(summary, into: &buffer) }
        }
    }
}
