/// How a trace is written.
package enum OutputFormat: String, CaseIterable, Sendable, Hashable {
    /// Requests and responses as trees, in the manner of Wireshark's packet details.
    case pairs
    /// One aligned line an exchange.
    case list
    /// One JSON object a line.
    case json
}

/// How much of the content of messages is shown, and how.
package enum BodyDisplay: String, CaseIterable, Sendable, Hashable {
    /// The length alone.
    case none
    /// Decoded, by type: the first lines of text; of other content the first bytes in hexadecimal.
    case text
    /// The first bytes in hexadecimal as they were sent, codings not removed.
    case hex
    /// As `text`, all that was kept.
    case all
}

/// Choices that the formats leave to their readers.
package struct OutputOptions: Sendable {
    /// The columns of the terminal; 80 where there is none.
    package var width = 80
    /// Whether the rows of a list may be of any length, as for programs that read them.
    package var isWide = false
    /// How people are shown times.
    package var time = TimeDisplay.utc
    /// Where that is local time, of which place.
    package var zone = TimeZoneRule.utc
    /// Whether to colour with ANSI sequences.
    package var usesColor = false
    /// How much of the content is shown: by default, `text` in `pairs` and nothing in `json`.
    package var bodies: BodyDisplay?
    /// The most bytes to which the content of one message is decoded; where nobody has asked, 64
    /// MiB and no more than the length sent makes likely.
    package var decodedLimit: Int?
    /// Whether `list` ends with a line of totals: for people, not for programs that take each line
    /// for an exchange.
    package var endsWithTotals = false
    /// Whether `json` ends with a line of `"type":"summary"`, and `list` with the summary of
    /// `pairs`; by their contract they have exchanges only.
    package var includesSummaryLine = false

    package init() {}
}
