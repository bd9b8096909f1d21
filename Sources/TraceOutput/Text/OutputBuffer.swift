internal import Bytes

/// A growing run of bytes that renderers write to and the edge hands to `write(2)`.
///
/// Every append checks the room that is left with one comparison, so a renderer may also reserve
/// the most that a line can take and never see the buffer grow while it writes.
///
/// ```swift
/// var buffer = OutputBuffer()
/// renderer.render(exchange, into: &buffer)
/// if buffer.count >= 1 << 20 {
///     try buffer.withBytes { try descriptor.writeAll($0) }
///     buffer.removeAll()
/// }
/// ```
@safe
package struct OutputBuffer: ~Copyable, @unchecked Sendable {
    // Owned alone (the type cannot be copied), which makes it Sendable, and always `capacity` bytes
    // long.
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int

    /// The bytes written so far.
    package private(set) var count = 0

    /// Creates an empty buffer with room for `capacity` bytes.
    package init(capacity: Int = 1 << 16) {
        self.capacity = max(capacity, 64)
        unsafe base = .allocate(capacity: self.capacity)
    }

    deinit { unsafe base.deallocate() }

    /// Whether nothing was written since the buffer was made or emptied.
    package var isEmpty: Bool { count == 0 }

    /// Lends the bytes written.
    package func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let written = unsafe UnsafeBufferPointer(start: base, count: count)
        return try unsafe body(written.span)
    }

    /// Empties the buffer and keeps the room.
    package mutating func removeAll() { count = 0 }

    /// Takes back all beyond the first `count` bytes.
    package mutating func truncate(to count: Int) {
        precondition(count >= 0 && count <= self.count)
        self.count = count
    }

    /// Makes room for `additional` bytes.
    @inline(__always)
    package mutating func reserve(_ additional: Int) {
        if capacity &- count < additional { grow(by: additional) }
    }

    /// Appends one byte.
    @inline(__always)
    package mutating func append(_ byte: UInt8) {
        reserve(1)
        unsafe base[count] = byte
        count &+= 1
    }

    /// Appends a literal.
    @inline(__always)
    package mutating func append(_ text: StaticString) {
        let length = text.utf8CodeUnitCount
        reserve(length)
        // `update(from:)` would first look whether the two are in one place.
        unsafe UnsafeMutableRawPointer(base + count)
            .copyMemory(from: text.utf8Start, byteCount: length)
        count &+= length
    }

    /// Appends a copy of `bytes`.
    @inline(__always)
    package mutating func append(_ bytes: Span<UInt8>) {
        let length = bytes.count
        reserve(length)
        unsafe bytes.withUnsafeBufferPointer { source in
            guard let start = source.baseAddress else { return }
            unsafe UnsafeMutableRawPointer(base + count)
                .copyMemory(from: start, byteCount: length)
        }
        count &+= length
    }

    /// Appends a copy of a part of `bytes`, which mostly is short: a call of `memmove` costs more
    /// than writing 16 or 32 bytes of which only the first count.
    @inline(__always)
    package mutating func append(_ part: Range<Int>, of bytes: Span<UInt8>) {
        let (start, length) = (part.lowerBound, part.count)
        let left = bytes.count &- start
        if length <= 16, left >= 16 {
            reserve(16)
            write(sixteen: bytes, at: start, behind: 0)
        } else if length <= 32, left >= 32 {
            reserve(32)
            write(sixteen: bytes, at: start, behind: 0)
            write(sixteen: bytes, at: start &+ 16, behind: 16)
        } else if 8...16 ~= length {
            // Close to the end: two words that overlap.
            let last = bytes.littleEndianUInt64(at: part.upperBound &- 8)
            append(littleEndian: bytes.littleEndianUInt64(at: start), length: length &- 8)
            return append(littleEndian: last, length: 8)
        } else {
            return append(bytes.extracting(part))
        }
        count &+= length
    }

    /// Writes 16 bytes so far behind the last that counts; there is room for them.
    @inline(__always)
    private mutating func write(sixteen bytes: Span<UInt8>, at start: Int, behind offset: Int) {
        // Loading is checked, and safe, as every pattern of bits is one of bytes.
        let word = unsafe bytes.bytes.unsafeLoadUnaligned(
            fromByteOffset: start,
            as: SIMD16<UInt8>.self
        )
        unsafe UnsafeMutableRawPointer(base + count + offset)
            .storeBytes(of: word, as: SIMD16<UInt8>.self)
    }

    /// Appends the UTF-8 of `text`.
    package mutating func append(string text: String) { append(text.utf8.span) }

    /// Appends `byte` so many times.
    package mutating func append(_ byte: UInt8, times: Int) {
        guard times > 0 else { return }
        reserve(times)
        unsafe (base + count).update(repeating: byte, count: times)
        count &+= times
    }

    /// Appends the first `length` bytes, 0 to 8, of a little-endian word.
    @inline(__always)
    mutating func append(littleEndian word: UInt64, length: Int) {
        reserve(8)
        unsafe UnsafeMutableRawPointer(base + count)
            .storeBytes(of: word.littleEndian, as: UInt64.self)
        count &+= length
    }

    @inline(never)
    private mutating func grow(by additional: Int) {
        let larger = max(capacity &* 2, count + additional)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        unsafe moved.update(from: base, count: count)
        unsafe base.deallocate()
        unsafe base = moved
        capacity = larger
    }
}
