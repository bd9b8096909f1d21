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

    private mutating func appendHexadecimal(_ value: Int, digits: Int) {
        for digit in stride(from: digits - 1, through: 0, by: -1) {
            let nibble = UInt8(truncatingIfNeeded: value >> (4 * digit)) & 0xF
            append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble)
        }
    }
}
