/// Bytes as people look at them in a packet analyser.
extension OutputBuffer {
    /// Appends rows of 16 bytes: offset, hexadecimal digits, characters; 72 columns and the indent.
    package mutating func append(hexadecimal bytes: Span<UInt8>, indent: Int) {
        for start in stride(from: 0, to: bytes.count, by: 16) {
            let end = min(start + 16, bytes.count)
            append(0x20, times: indent)
            appendHexadecimal(start, digits: start > 0xFFFF ? 8 : 4)
            append("  ")
            for index in start..<start + 16 {
                if index == start + 8 { append(" ") }
                if index < end {
                    appendHexadecimal(Int(bytes[index]), digits: 2)
                    append(" ")
                } else {
                    append("   ")
                }
            }
            append(" ")
            for index in start..<end {
                let byte = bytes[index]
                append(byte &- 0x20 < 0x5F ? byte : UInt8(ascii: "."))
            }
            append("\n")
        }
    }

    /// Appends two hexadecimal digits a byte and nothing between them.
    package mutating func append(hexadecimalDigits bytes: Span<UInt8>) {
        for index in bytes.indices { appendHexadecimal(Int(bytes[index]), digits: 2) }
    }

    /// Appends base64 with padding (RFC 4648 §4).
    package mutating func append(base64 bytes: Span<UInt8>) {
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let left = min(bytes.count - start, 3)
            var word: UInt32 = 0
            for offset in 0..<3 {
                word = word << 8 | (offset < left ? UInt32(bytes[start + offset]) : 0)
            }
            for digit in 0..<4 {
                let sextet = UInt8(truncatingIfNeeded: word >> (18 - 6 * UInt32(digit))) & 0x3F
                append(digit <= left ? Self.base64Digit(sextet) : UInt8(ascii: "="))
            }
        }
    }

    private static func base64Digit(_ value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: UInt8(ascii: "A") + value
        case 26..<52: UInt8(ascii: "a") + value - 26
        case 52..<62: UInt8(ascii: "0") + value - 52
        case 62: UInt8(ascii: "+")
        default: UInt8(ascii: "/")
        }
    }

    private mutating func appendHexadecimal(_ value: Int, digits: Int) {
        for digit in stride(from: digits - 1, through: 0, by: -1) {
            let nibble = UInt8(truncatingIfNeeded: value >> (4 * digit)) & 0xF
            append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble)
        }
    }
}
