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

    /// Whether nothing was written since it was made or emptied.
    package var isEmpty: Bool { count == 0 }

    /// Lends what was written.
    package func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let written = unsafe UnsafeBufferPointer(start: base, count: count)
        return try unsafe body(written.span)
    }

    /// Empties it and keeps the room.
    package mutating func removeAll() { count = 0 }

    /// Takes back what was written beyond the first `count` bytes.
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
        unsafe (base + count).update(from: text.utf8Start, count: length)
        count &+= length
    }

    /// Appends a copy of `bytes`.
    @inline(__always)
    package mutating func append(_ bytes: Span<UInt8>) {
        let length = bytes.count
        reserve(length)
        unsafe bytes.withUnsafeBufferPointer { source in
            guard let start = source.baseAddress else { return }
            unsafe (base + count).update(from: start, count: length)
        }
        count &+= length
    }

    /// Appends a copy of a part of `bytes`, which mostly is short: a call of `memmove` costs more
    /// than copying two or four words that overlap.
    @inline(__always)
    package mutating func append(_ part: Range<Int>, of bytes: Span<UInt8>) {
        let (start, length) = (part.lowerBound, part.count)
        if 8...16 ~= length {
            let last = bytes.littleEndianUInt64(at: part.upperBound &- 8)
            append(littleEndian: bytes.littleEndianUInt64(at: start), length: length &- 8)
            append(littleEndian: last, length: 8)
        } else if length < 8, bytes.count &- start >= 8 {
            append(littleEndian: bytes.littleEndianUInt64(at: start), length: length)
        } else {
            append(bytes.extracting(part))
        }
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
