internal import CLZ4
internal import CZlib
internal import CZstd
package import CaptureIO

/// One member or frame that holds `bytes`, as the format's own library makes it.
package func compress(_ bytes: [UInt8], _ compression: Compression) -> [UInt8] {
    switch compression {
    // 16 more than the window's bits asks for gzip's header and trailer.
    case .gzip: deflate(bytes, windowBits: 15 + 16)
    case .zstd: zstd(bytes)
    case .lz4: lz4(bytes)
    }
}

/// `bytes` in the zlib format (RFC 1950).
package func compressZlib(_ bytes: [UInt8]) -> [UInt8] { deflate(bytes, windowBits: 15) }

/// `bytes` as DEFLATE with nothing around it (RFC 1951).
package func compressRawDeflate(_ bytes: [UInt8]) -> [UInt8] { deflate(bytes, windowBits: -15) }

private func deflate(_ bytes: [UInt8], windowBits: Int32) -> [UInt8] {
    var stream = unsafe z_stream()
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    unsafe deflateInit2_(
        &stream,
        6,
        Z_DEFLATED,
        windowBits,
        8,
        Z_DEFAULT_STRATEGY,
        ZLIB_VERSION,
        size
    )
    defer { _ = unsafe deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + 1024)
    let count = unsafe input.withUnsafeMutableBufferPointer { input in
        unsafe output.withUnsafeMutableBufferPointer { output in
            unsafe stream.next_in = input.baseAddress
            unsafe stream.avail_in = UInt32(input.count)
            unsafe stream.next_out = output.baseAddress
            unsafe stream.avail_out = UInt32(output.count)
            unsafe deflate(&stream, Z_FINISH)
            return unsafe output.count - Int(stream.avail_out)
        }
    }
    return Array(output.prefix(count))
}

private func zstd(_ bytes: [UInt8]) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
    let count = unsafe ZSTD_compress(&output, output.count, bytes, bytes.count, 3)
    return Array(output.prefix(count))
}

private func lz4(_ bytes: [UInt8]) -> [UInt8] {
    var preferences = LZ4F_preferences_t()
    preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled
    let bound = unsafe LZ4F_compressFrameBound(bytes.count, &preferences)
    var output = [UInt8](repeating: 0, count: bound)
    let count = unsafe LZ4F_compressFrame(&output, bound, bytes, bytes.count, &preferences)
    return Array(output.prefix(count))
}
