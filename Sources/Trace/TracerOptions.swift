package import HTTPWire

/// What a tracer is asked to keep.
package struct TracerOptions: Sendable, Hashable {
    /// The most bytes of each message's content that are kept to be shown; all are counted.
    /// Default 0.
    package var contentLimit = 0

    /// What the parser puts up with.
    package var parserLimits = ParserLimits()

    package init() {}
}
