/// How much a parser puts up with.
package struct ParserLimits: Sendable, Hashable {
    /// The most bytes of a start line and header section that are kept, 256 KiB by default.
    ///
    /// The rest is read and counted, and said by a finding: the middle of a start line that is
    /// longer than ``startLine``, and whole field lines, but for those that the framing needs, which
    /// have ``framingReserve`` bytes more.
    package var headerSection = 256 << 10

    /// The most bytes of a start line that are kept, half of ``headerSection`` by default.
    ///
    /// More than that half comes on top of ``headerSection``.
    package var startLine: Int?

    /// The bytes beyond ``headerSection`` that are kept for the lines that the framing needs.
    package static let framingReserve = 8 << 10

    /// The most bytes that are kept of a line that does not look like a start line, 8 KiB by default.
    package var unclaimedLine = 8 << 10

    package init() {}

    /// The most bytes of a start line that are kept.
    var keptStartLine: Int { max(1, startLine ?? headerSection / 2) }

    /// The most bytes of a head that are kept, so that field lines have room behind any start line.
    var keptHead: Int { headerSection + max(0, keptStartLine - headerSection / 2) }
}
