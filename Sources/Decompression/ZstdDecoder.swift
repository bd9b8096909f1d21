internal import CZstd

/// zstd (RFC 8878), through libzstd, which refuses windows above 128 MiB.
@safe
package struct ZstdDecoder: FormatDecoder, ~Copyable {
    private let stream: OpaquePointer

    package init() throws(NoMemoryForDecoder) {
        guard let stream = unsafe ZSTD_createDStream() else { throw NoMemoryForDecoder() }
        unsafe self.stream = unsafe stream
    }

    deinit { unsafe ZSTD_freeDStream(stream) }

    package func step(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer
    ) -> DecompressionStep {
        var from = unsafe ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var to = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let code = unsafe ZSTD_decompressStream(stream, &to, &from)
        guard ZSTD_isError(code) == 0 else {
            let reason = unsafe String(cString: ZSTD_getErrorName(code))
            return unsafe DecompressionStep(
                consumed: from.pos,
                produced: to.pos,
                failure: reason,
                isChecksumWrong: ZSTD_getErrorCode(code) == ZSTD_error_checksum_wrong
            )
        }
        return unsafe DecompressionStep(
            consumed: from.pos,
            produced: to.pos,
            isMemberOver: code == 0,
            wanted: code
        )
    }
}
