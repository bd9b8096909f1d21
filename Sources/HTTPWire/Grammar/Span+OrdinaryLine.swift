import Bytes

// What the parts of an ordinary line are made of, eight bytes at a time where that pays.
extension Span<UInt8> {
    /// The place behind the characters of a token that stand at `start` (RFC 9110 §5.6.2).
    @inline(__always)
    func endOfToken(from start: Int) -> Int {
        var index = start
        // Names are made of letters and hyphens, mostly.
        while count &- index >= 8 {
            let others = Self.lettersAndHyphens(in: littleEndianUInt64(at: index))
            if others != 0 {
                index &+= others.trailingZeroBitCount / 8
                return self[index] == .colon ? index : endOfOddToken(from: index)
            }
            index &+= 8
        }
        return endOfOddToken(from: index)
    }

    @inline(never)
    private func endOfOddToken(from start: Int) -> Int {
        var index = start
        while index < count, self[index].isToken { index += 1 }
        return index
    }

    /// The place behind the printable ASCII characters, 0x20 to 0x7E, that stand at `start`.
    @inline(__always)
    func endOfPrintable(from start: Int) -> Int {
        var index = start
        while count &- index >= 8 {
            let others = Self.unprintable(in: littleEndianUInt64(at: index))
            if others != 0 { return index &+ others.trailingZeroBitCount / 8 }
            index &+= 8
        }
        guard count >= 8, index < count else {
            return firstUnprintable(from: index, to: count) ?? count
        }
        // Less than a word is left: the last word of all, spaces for what was seen of it already.
        let seen = UInt64(8 &* (8 &- (count &- index)))
        let spaces: UInt64 = ~(.max &>> seen) & 0x2020_2020_2020_2020
        let last = littleEndianUInt64(at: count &- 8) &>> seen | spaces
        let others = Self.unprintable(in: last)
        return others == 0 ? count : index &+ others.trailingZeroBitCount / 8
    }

    /// A bit 7 for each byte of `word` that is neither an ASCII letter nor a hyphen.
    @inline(__always)
    private static func lettersAndHyphens(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let high = ones &* 0x80
        // Sums of bytes below 0x80 do not carry into the next byte.
        let low = word & ~high
        let lower = low | ones &* 0x20
        let fromA = lower &+ ones &* (0x80 - 0x61)
        let aboveZ = lower &+ ones &* (0x7F - 0x7A)
        let notHyphen = (low ^ ones &* 0x2D) &+ ones &* 0x7F
        return (~(fromA & ~aboveZ) & notHyphen | word) & high
    }

    /// The place behind the characters that a request target is made of (RFC 9112 §3.2).
    func endOfTarget(from start: Int) -> Int {
        var index = start
        while index < count {
            let byte = self[index]
            if byte.isURICharacter {
                index += 1
            } else if byte == 0x25, count - index > 2, self[index + 1].hexadecimalValue != nil,
                self[index + 2].hexadecimalValue != nil
            {
                index += 3
            } else {
                break
            }
        }
        return index
    }

    /// Whether a target at `index` is one that any method but CONNECT may have.
    func beginsPathOrURI(at index: Int) -> Bool {
        self[index] == 0x2F || starts(with: "http://", at: index)
    }

    /// The digit behind the point of `HTTP/1.d` at `start`, which is not near the end.
    func minorVersion(at start: Int) -> UInt8? {
        // "HTTP/1.", least significant byte first.
        let word = littleEndianUInt64(at: start)
        guard word << 8 == 0x2E31_2F50_5454_4800 else { return nil }
        let digit = UInt8(truncatingIfNeeded: word >> 56)
        return digit.isDigit ? digit & 0xF : nil
    }

    /// The status code of three digits, 100 to 599, at `start`.
    func statusCode(at start: Int) -> Int? {
        guard self[start] &- 0x31 < 5, self[start + 1].isDigit, self[start + 2].isDigit else {
            return nil
        }
        return Int(self[start] & 0xF) * 100 + Int(self[start + 1] & 0xF) * 10
            + Int(self[start + 2] & 0xF)
    }

    /// Whether CR LF stands at `index`.
    @inline(__always)
    func isLineEnd(at index: Int) -> Bool {
        count &- index >= 2 && bigEndianUInt16(at: index) == 0x0D0A
    }
}

extension UInt8 {
    /// A character that may stand in a URI unchanged (RFC 3986 §2.2, §2.3), but for `#`, which no
    /// request target has.
    ///
    /// One bit for each character below 128: `!$&'()*+,-./0-9:;=?` in the first word, and
    /// `@A-Z[]_a-z~` in the second.
    var isURICharacter: Bool {
        let word: UInt64 = self < 64 ? 0xAFFF_FFD2_0000_0000 : 0x47FF_FFFE_AFFF_FFFF
        return self < 128 && word &>> UInt64(self & 63) & 1 == 1
    }
}
