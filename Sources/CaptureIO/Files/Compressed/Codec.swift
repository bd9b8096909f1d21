/// The library that decompresses one format, with its state.
///
/// The three are used the same way: ``step(_:into:)`` is called with what is there until it has
/// used and made nothing.
enum Codec: ~Copyable {
    case gzip(GzipCodec)
    case zstd(ZstdCodec)
    case lz4(LZ4Codec)

    /// Gets a decompressor ready.
    ///
    /// - Throws: ``FileDamage/cannotDecompress(_:reason:)`` where there is no memory for it.
    init(_ compression: Compression) throws(FileDamage) {
        switch compression {
        case .gzip: self = .gzip(try GzipCodec())
        case .zstd: self = .zstd(try ZstdCodec())
        case .lz4: self = .lz4(try LZ4Codec())
        }
    }

    /// What one step came to.
    struct Step {
        /// Bytes of the input that were used.
        var consumed = 0
        /// Bytes of the output that were made.
        var produced = 0
        /// Whether a member or frame is complete.
        var isMemberOver = false
        /// Bytes of input that the next step would like best; 0 where it does not matter.
        var wanted = 0
        /// What makes it impossible to go on.
        var damage: FileDamage?
    }

    /// Decompresses some of `input` into `output`.
    func step(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer
    ) -> Step {
        switch self {
        case .gzip(let codec): unsafe codec.step(input, into: output)
        case .zstd(let codec): unsafe codec.step(input, into: output)
        case .lz4(let codec): unsafe codec.step(input, into: output)
        }
    }
}
