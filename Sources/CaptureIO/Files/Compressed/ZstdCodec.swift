internal import CZstd

/// zstd (RFC 8878), through libzstd, which refuses windows above 128 MiB.
@safe
struct ZstdCodec: ~Copyable {
    private let stream: OpaquePointer

    init() throws(FileDamage) {
        guard let stream = unsafe ZSTD_createDStream() else {
            throw .cannotDecompress(.zstd, reason: "no memory")
        }
        unsafe self.stream = unsafe stream
    }

    deinit { unsafe ZSTD_freeDStream(stream) }

    /// See ``Codec/step(_:into:)``.
    func step(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer
    ) -> Codec.Step {
        var from = unsafe ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var to = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let code = unsafe ZSTD_decompressStream(stream, &to, &from)
        guard ZSTD_isError(code) == 0 else {
            let reason = unsafe String(cString: ZSTD_getErrorName(code))
            return Codec.Step(damage: .cannotDecompress(.zstd, reason: reason))
        }
        return unsafe Codec.Step(
            consumed: from.pos,
            produced: to.pos,
            isMemberOver: code == 0,
            wanted: code
        )
    }
}
