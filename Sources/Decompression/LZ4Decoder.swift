internal import CLZ4

/// LZ4 frames, through liblz4.
@safe
package struct LZ4Decoder: FormatDecoder, ~Copyable {
    private let context: OpaquePointer

    package init() throws(NoMemoryForDecoder) {
        var context: OpaquePointer?
        _ = unsafe LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))
        guard let context = unsafe context else { throw NoMemoryForDecoder() }
        unsafe self.context = unsafe context
    }

    deinit { unsafe LZ4F_freeDecompressionContext(context) }

    package func step(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer
    ) -> DecompressionStep {
        var consumed = input.count
        var produced = output.count
        let code = unsafe LZ4F_decompress(
            context,
            output.baseAddress,
            &produced,
            input.baseAddress,
            &consumed,
            nil
        )
        guard LZ4F_isError(code) == 0 else {
            let reason = unsafe String(cString: LZ4F_getErrorName(code))
            return DecompressionStep(failure: reason)
        }
        return DecompressionStep(
            consumed: consumed,
            produced: produced,
            isMemberOver: code == 0,
            wanted: code
        )
    }
}
