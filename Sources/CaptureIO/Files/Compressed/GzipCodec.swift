internal import CZlib

/// gzip (RFC 1952), through zlib.
@safe
struct GzipCodec: ~Copyable {
    /// The largest window, and a gzip header and trailer around the data.
    private static let windowBits = 15 + 16

    private let stream: UnsafeMutablePointer<z_stream>

    init() throws(FileDamage) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let code = unsafe inflateInit2_(
            stream,
            Int32(Self.windowBits),
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        unsafe self.stream = unsafe stream
        guard code == Z_OK else { throw .cannotDecompress(.gzip, reason: "no memory") }
    }

    deinit {
        // After a failed initialisation this does nothing.
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// See ``Codec/step(_:into:)``.
    func step(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer
    ) -> Codec.Step {
        // zlib does not write to its input; it has lacked a `const` there since 1995.
        unsafe stream.pointee.next_in = unsafe UnsafeMutablePointer(
            mutating: input.assumingMemoryBound(to: UInt8.self).baseAddress
        )
        unsafe stream.pointee.avail_in = UInt32(clamping: input.count)
        unsafe stream.pointee.next_out = unsafe output.assumingMemoryBound(to: UInt8.self)
            .baseAddress
        unsafe stream.pointee.avail_out = UInt32(clamping: output.count)
        let code = unsafe inflate(stream, Z_NO_FLUSH)
        var step = unsafe Codec.Step(
            consumed: input.count - Int(stream.pointee.avail_in),
            produced: output.count - Int(stream.pointee.avail_out)
        )
        switch code {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END:
            step.isMemberOver = true
            unsafe inflateReset(stream)
        default: step.damage = .cannotDecompress(.gzip, reason: message(for: code))
        }
        return step
    }

    private func message(for code: Int32) -> String {
        switch code {
        case Z_MEM_ERROR: "no memory"
        case Z_NEED_DICT: "it needs a dictionary"
        default: unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "it is corrupt"
        }
    }
}
