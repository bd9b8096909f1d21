package import HTTPWire

/// What a tracer is asked to keep.
package struct TracerOptions: Sendable, Hashable {
    /// The most bytes of each message's content that are kept to be shown; all are counted.
    /// Default 0.
    package var contentLimit = 0

    /// The most captured bytes that wait for missing segments, over all connections; beyond it the
    /// connection that has waited longest goes on without them. Default 1 GiB.
    package var memoryLimit = 1 << 30

    /// What the parser puts up with.
    package var parserLimits = ParserLimits()

    package init() {}
}
