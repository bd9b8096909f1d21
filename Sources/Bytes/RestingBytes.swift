/// What of a value differs from a template, byte by byte.
///
/// Nothing is copied as the compiler copies: a value is moved here bit by bit, and moves back. Bits
/// say which of its words differ; behind them comes each of these words: bits for its bytes that
/// differ, and the differences.
@safe
@usableFromInline
struct RestingBytes {
    /// `nil` where no word differs.
    private var bytes: UnsafeMutablePointer<UInt8>?

    /// The bytes of nothing.
    @usableFromInline init() {}

    /// Moves the value at `value` here, of `count` words as is the one at `template`.
    @usableFromInline
    init(moving value: UnsafeRawPointer, _ template: UnsafeRawPointer, count: Int) {
        let bitsLength = (count + 7) / 8
        var length = bitsLength
        for index in 0..<count {
            let difference = unsafe Self.difference(value, template, index)
            if difference != 0 { length += 1 + Self.places(difference).nonzeroBitCount }
        }
        guard length > bitsLength else { return }
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: length)
        unsafe bytes.initialize(repeating: 0, count: bitsLength)
        var end = unsafe bytes + bitsLength
        for index in 0..<count {
            let difference = unsafe Self.difference(value, template, index)
            guard difference != 0 else { continue }
            unsafe bytes[index / 8] |= 1 << UInt8(index % 8)
            unsafe Self.write(difference, at: &end)
        }
        unsafe self.bytes = bytes
    }

    /// Puts the value down at `value` as it was, and keeps nothing of it.
    @usableFromInline
    func move(to value: UnsafeMutableRawPointer, _ template: UnsafeRawPointer, count: Int) {
        unsafe copy(to: value, template, count: count)
        unsafe bytes?.deallocate()
    }

    /// Shows at `value` what the value is like: the one that is kept stays the only one.
    @usableFromInline
    func copy(to value: UnsafeMutableRawPointer, _ template: UnsafeRawPointer, count: Int) {
        unsafe value.copyMemory(from: template, byteCount: count * MemoryLayout<UInt64>.stride)
        guard let bytes = unsafe bytes else { return }
        let bitsLength = (count + 7) / 8
        var end = unsafe UnsafePointer(bytes) + bitsLength
        for part in 0..<bitsLength {
            var bits = unsafe bytes[part]
            while bits != 0 {
                let index = part * 8 + bits.trailingZeroBitCount
                let offset = index * MemoryLayout<UInt64>.stride
                let word = unsafe Self.word(template, index) ^ Self.read(from: &end)
                unsafe value.storeBytes(of: word, toByteOffset: offset, as: UInt64.self)
                bits &= bits - 1
            }
        }
    }

    private static func word(_ value: UnsafeRawPointer, _ index: Int) -> UInt64 {
        unsafe value.load(fromByteOffset: index * MemoryLayout<UInt64>.stride, as: UInt64.self)
    }

    private static func difference(
        _ value: UnsafeRawPointer,
        _ template: UnsafeRawPointer,
        _ index: Int
    ) -> UInt64 {
        unsafe word(value, index) ^ word(template, index)
    }

    /// Which bytes of a word are not 0, as bits.
    private static func places(_ word: UInt64) -> UInt8 {
        var any = word | word >> 4
        any |= any >> 2
        any |= any >> 1
        // The lowest bits of the bytes come to lie beside each other in the highest byte.
        return UInt8((any & 0x0101_0101_0101_0101 &* 0x0102_0408_1020_4080) >> 56)
    }

    private static func write(_ word: UInt64, at end: inout UnsafeMutablePointer<UInt8>) {
        var places = places(word)
        unsafe end.initialize(to: places)
        unsafe end += 1
        while places != 0 {
            let shift = UInt64(places.trailingZeroBitCount * 8)
            unsafe end.initialize(to: UInt8(truncatingIfNeeded: word >> shift))
            unsafe end += 1
            places &= places - 1
        }
    }

    private static func read(from end: inout UnsafePointer<UInt8>) -> UInt64 {
        var places = unsafe end.pointee
        unsafe end += 1
        var word: UInt64 = 0
        while places != 0 {
            word |= unsafe UInt64(end.pointee) << UInt64(places.trailingZeroBitCount * 8)
            unsafe end += 1
            places &= places - 1
        }
        return word
    }
}
