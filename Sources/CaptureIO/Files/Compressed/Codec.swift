internal import Decompression

/// The decompressor of one compression of capture files.
enum Codec: ~Copyable {
    case gzip(ZlibDecoder)
    case zstd(ZstdDecoder)
    case lz4(LZ4Decoder)

    /// Gets a decompressor ready.
    ///
    /// - Throws: ``FileDamage/cannotDecompress(_:reason:)`` where there is no memory for it.
    init(_ compression: Compression) throws(FileDamage) {
        do throws(NoMemoryForDecoder) {
            switch compression {
            case .gzip: self = .gzip(try ZlibDecoder(.gzip))
            case .zstd: self = .zstd(try ZstdDecoder())
            case .lz4: self = .lz4(try LZ4Decoder())
            }
        } catch {
            throw .cannotDecompress(compression, reason: "\(error)")
        }
    }

    /// Decompresses some of `input` into `output`.
    func step(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer
    ) -> DecompressionStep {
        switch self {
        case .gzip(let codec): unsafe codec.step(input, into: output)
        case .zstd(let codec): unsafe codec.step(input, into: output)
        case .lz4(let codec): unsafe codec.step(input, into: output)
        }
    }
}
