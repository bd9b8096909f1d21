internal import CLZ4

/// LZ4 frames, through liblz4.
@safe
struct LZ4Codec: ~Copyable {
    private let context: OpaquePointer

    init() throws(FileDamage) {
        var context: OpaquePointer?
        _ = unsafe LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))
        guard let context = unsafe context else {
            throw .cannotDecompress(.lz4, reason: "no memory")
        }
        unsafe self.context = unsafe context
    }

    deinit { unsafe LZ4F_freeDecompressionContext(context) }

    /// See ``Codec/step(_:into:)``.
    func step(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer
    ) -> Codec.Step {
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
            return Codec.Step(damage: .cannotDecompress(.lz4, reason: reason))
        }
        return Codec.Step(
            consumed: consumed,
            produced: produced,
            isMemberOver: code == 0,
            wanted: code
        )
    }
}
