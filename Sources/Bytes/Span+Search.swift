#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Span<UInt8> {
    /// The index of the first `byte` at or after `start`, or `nil`; uses the C library's vectorised
    /// `memchr`.
    package func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
        guard start < count else { return nil }
        return unsafe withUnsafeBufferPointer { buffer -> Int? in
            guard let base = buffer.baseAddress,
                let hit = unsafe memchr(base + start, Int32(byte), buffer.count - start)
            else { return nil }
            return unsafe UnsafeRawPointer(hit) - UnsafeRawPointer(base)
        }
    }

    /// Whether the bytes from `offset` on begin with `prefix`; `false` where fewer are left.
    package func starts(with prefix: StaticString, at offset: Int = 0) -> Bool {
        let length = prefix.utf8CodeUnitCount
        guard offset >= 0, count - offset >= length else { return false }
        return unsafe withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return length == 0 }
            return unsafe memcmp(base + offset, prefix.utf8Start, length) == 0
        }
    }

    /// Whether `text` begins with these bytes.
    package func isPrefix(of text: StaticString) -> Bool {
        guard count <= text.utf8CodeUnitCount else { return false }
        for index in indices where unsafe self[index] != text.utf8Start[index] { return false }
        return true
    }

    /// Whether these bytes are `text`.
    package func equals(_ text: StaticString) -> Bool {
        count == text.utf8CodeUnitCount && starts(with: text)
    }

    /// Whether these bytes are `text` when ASCII letters of either case are taken as equal
    /// (field names, RFC 9110 §5.1).
    package func equalsIgnoringCase(_ text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard count == length else { return false }
        if length >= 8 { return wordsEqualIgnoringCase(text, length) }
        // The letters' cases differ in one bit, and that bit makes no letter of anything else.
        for index in 0..<length {
            let expected = unsafe text.utf8Start[index]
            let difference = self[index] ^ expected
            if difference != 0, difference != 0x20 || !expected.isLetter { return false }
        }
        return true
    }
}

extension Span<UInt8> {
    /// Whether the letters among these bytes are `text`, which is in lower case, and no digit stands
    /// among them.
    package func hasLetters(of text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        var matched = 0
        for index in indices {
            let byte = self[index]
            if byte.isLetter {
                guard matched < length, unsafe byte | 0x20 == text.utf8Start[matched] else {
                    return false
                }
                matched += 1
            } else if byte.isDigit {
                return false
            }
        }
        return matched == length
    }
}

extension Span<UInt8> {
    /// The same for at least eight bytes, eight at a time; the last eight may overlap those before.
    private func wordsEqualIgnoringCase(_ text: StaticString, _ length: Int) -> Bool {
        var index = 0
        while true {
            // In bounds: `index` is `length - 8` at most.
            let expected = unsafe UInt64(
                littleEndian: UnsafeRawPointer(text.utf8Start + index)
                    .loadUnaligned(as: UInt64.self)
            )
            let difference = littleEndianUInt64(at: index) ^ expected
            if difference != 0, !Self.isCase(difference, of: expected) { return false }
            if index == length - 8 { return true }
            index = min(index + 8, length - 8)
        }
    }

    /// Whether words that differ so differ in the case of letters alone, one of them being `word`.
    private static func isCase(_ difference: UInt64, of word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let high = ones &* 0x80
        let lower = word & ~high | ones &* 0x20
        let fromA = lower &+ ones &* (0x80 - 0x61)
        let aboveZ = lower &+ ones &* (0x7F - 0x7A)
        let letters = fromA & ~aboveZ & ~word & high
        return difference & ~(letters >> 2) == 0
    }
}

extension Array<UInt8> {
    /// Appends a copy of `bytes`.
    package mutating func append(copying bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe append(contentsOf: buffer)
        }
    }

    /// A copy of `bytes`.
    package init(copying bytes: Span<UInt8>) {
        self = []
        append(copying: bytes)
    }
}
