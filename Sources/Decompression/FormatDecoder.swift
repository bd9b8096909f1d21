/// A library that decompresses one format, with its state.
///
/// All are used the same way: ``step(_:into:)`` is called with what is there until it has used and
/// made nothing.
package protocol FormatDecoder: ~Copyable {
    /// Decompresses some of `input` into `output`.
    func step(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer
    ) -> DecompressionStep
}

/// What one step of a decompressor came to.
package struct DecompressionStep: Sendable, Hashable {
    /// Bytes of the input that were used.
    package var consumed = 0
    /// Bytes of the output that were made.
    package var produced = 0
    /// Whether a member or frame is complete.
    package var isMemberOver = false
    /// Bytes of input that the next step would like best; 0 where it does not matter.
    package var wanted = 0
    /// What makes it impossible to go on, in the library's words.
    package var failure: String?
    /// Whether that is a checksum or a length at the end that is not what was decoded has.
    package var isChecksumWrong = false
}

/// There is no memory for a decompressor.
package struct NoMemoryForDecoder: Error, Sendable, Hashable, CustomStringConvertible {
    package init() {}

    package var description: String { "no memory" }
}
