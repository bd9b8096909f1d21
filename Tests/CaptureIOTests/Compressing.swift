internal import CLZ4
internal import CZlib
internal import CZstd
internal import CaptureIO

/// One member or frame that holds `bytes`, as the format's own library makes it.
func compress(_ bytes: [UInt8], _ compression: Compression) -> [UInt8] {
    switch compression {
    case .gzip: gzip(bytes)
    case .zstd: zstd(bytes)
    case .lz4: lz4(bytes)
    }
}

private func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = unsafe z_stream()
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    // 16 more than the window's bits asks for gzip's header and trailer.
    unsafe deflateInit2_(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
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
