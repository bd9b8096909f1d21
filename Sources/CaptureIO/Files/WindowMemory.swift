/// A run of bytes that is owned alone, with some behind it that may be read (not used), so that
/// parsers can load whole words.
@safe
struct WindowMemory: ~Copyable, @unchecked Sendable {
    /// How many bytes may be read behind the end.
    private static let slack = 64

    /// The first byte.
    let base: UnsafeMutableRawPointer
    /// The number of bytes.
    let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
        unsafe base = UnsafeMutableRawPointer.allocate(
            byteCount: capacity + Self.slack,
            alignment: Self.slack
        )
        unsafe (base + capacity)
            .initializeMemory(as: UInt8.self, repeating: 0, count: Self.slack)
    }

    deinit { unsafe base.deallocate() }
}
