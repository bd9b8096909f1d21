internal import CBrotli

/// Brotli (RFC 7932), through libbrotlidec, which refuses windows above 16 MiB.
@safe
package struct BrotliDecoder: FormatDecoder, ~Copyable {
    private let state: OpaquePointer

    package init() throws(NoMemoryForDecoder) {
        guard let state = unsafe BrotliDecoderCreateInstance(nil, nil, nil) else {
            throw NoMemoryForDecoder()
        }
        unsafe self.state = unsafe state
    }

    deinit { unsafe BrotliDecoderDestroyInstance(state) }

    package func step(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer
    ) -> DecompressionStep {
        var available = input.count
        var next = unsafe input.assumingMemoryBound(to: UInt8.self).baseAddress
        var room = output.count
        var place = unsafe output.assumingMemoryBound(to: UInt8.self).baseAddress
        let result = unsafe BrotliDecoderDecompressStream(
            state,
            &available,
            &next,
            &room,
            &place,
            nil
        )
        var step = DecompressionStep(
            consumed: input.count - available,
            produced: output.count - room,
            isMemberOver: result == BROTLI_DECODER_RESULT_SUCCESS
        )
        if result == BROTLI_DECODER_RESULT_ERROR { step.failure = reason() }
        return step
    }

    private func reason() -> String {
        let code = unsafe BrotliDecoderGetErrorCode(state)
        return unsafe BrotliDecoderErrorString(code).map { unsafe String(cString: $0) }
            ?? "it is corrupt"
    }
}
