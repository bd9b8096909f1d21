internal import CZlib

/// The formats around DEFLATE (RFC 1951), through zlib.
@safe
package struct ZlibDecoder: FormatDecoder, ~Copyable {
    /// What stands around the compressed data.
    package enum Wrapping: Sendable, Hashable, CaseIterable {
        /// Header and trailer of a gzip member (RFC 1952).
        case gzip
        /// Header and checksum of zlib (RFC 1950).
        case zlib
        /// Nothing.
        case none

        /// zlib's parameter for it, with the largest window.
        fileprivate var windowBits: Int32 {
            switch self {
            case .gzip: 15 + 16
            case .zlib: 15
            case .none: -15
            }
        }
    }

    private let stream: UnsafeMutablePointer<z_stream>

    package init(_ wrapping: Wrapping) throws(NoMemoryForDecoder) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let code = unsafe inflateInit2_(
            stream,
            wrapping.windowBits,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        unsafe self.stream = unsafe stream
        guard code == Z_OK else { throw NoMemoryForDecoder() }
    }

    deinit {
        // After a failed initialisation this does nothing.
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    package func step(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer
    ) -> DecompressionStep {
        // zlib does not write to its input; it has lacked a `const` there since 1995.
        unsafe stream.pointee.next_in = unsafe UnsafeMutablePointer(
            mutating: input.assumingMemoryBound(to: UInt8.self).baseAddress
        )
        unsafe stream.pointee.avail_in = UInt32(clamping: input.count)
        unsafe stream.pointee.next_out = unsafe output.assumingMemoryBound(to: UInt8.self)
            .baseAddress
        unsafe stream.pointee.avail_out = UInt32(clamping: output.count)
        let offered = unsafe Int(stream.pointee.avail_in)
        let room = unsafe Int(stream.pointee.avail_out)
        let code = unsafe inflate(stream, Z_NO_FLUSH)
        var step = unsafe DecompressionStep(
            consumed: offered - Int(stream.pointee.avail_in),
            produced: room - Int(stream.pointee.avail_out)
        )
        switch code {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END:
            step.isMemberOver = true
            unsafe inflateReset(stream)
        default:
            let reason = reason(for: code)
            step.failure = reason
            step.isChecksumWrong = Self.checksumReasons.contains(reason)
        }
        return step
    }

    /// zlib has one code for all damage; its words have been these since 1996.
    private static let checksumReasons = ["incorrect data check", "incorrect length check"]

    private func reason(for code: Int32) -> String {
        switch code {
        case Z_MEM_ERROR: "no memory"
        case Z_NEED_DICT: "it needs a dictionary"
        default: unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "it is corrupt"
        }
    }
}
