package import HTTPWire

/// What a tracer is asked to keep.
package struct TracerOptions: Sendable, Hashable {
    /// The most bytes of each message's content that are kept to be shown, 0 by default.
    package var contentLimit = 0

    /// The most captured bytes that wait for missing segments, 1 GiB by default.
    ///
    /// It counts over all connections; beyond it the one that has waited longest goes on without
    /// what is missing.
    package var memoryLimit = 1 << 30

    /// The most connections that are known at a time, 65,536 by default; beyond it those that were
    /// silent longest are taken as finished.
    package var connectionLimit = 1 << 16

    /// What the parser puts up with.
    package var parserLimits = ParserLimits()

    package init() {}
}
