/// Addresses as text: dotted decimals, and for IPv6 the canonical form (RFC 5952).
extension IPAddress: CustomStringConvertible {
    /// The address as text, such as `127.0.0.1` or `2001:db8::1`.
    public var description: String {
        var text: [UInt8] = []
        appendText(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the address as ASCII text, 45 bytes at the most.
    package func appendText(to output: inout [UInt8]) {
        guard isVersion6 else { return Self.append(version4: low, to: &output) }
        // ::ffff:0:0/96 is shown with its IPv4 address (RFC 5952 §5).
        if high == 0, low >> 32 == 0xFFFF {
            output.append(contentsOf: "::ffff:".utf8)
            return Self.append(version4: low, to: &output)
        }
        let hidden = longestZeroRun()
        var index = 0
        while index < 8 {
            if let hidden, index == hidden.lowerBound {
                output.append(contentsOf: "::".utf8)
                index = hidden.upperBound
                continue
            }
            if index > 0, index != hidden?.upperBound { output.append(UInt8(ascii: ":")) }
            Self.append(hexadecimal: group(index), to: &output)
            index += 1
        }
    }

    /// The 16 bits at `index`, 0 to 7.
    private func group(_ index: Int) -> UInt16 {
        let half = index < 4 ? high : low
        return UInt16(truncatingIfNeeded: half >> UInt64(48 - 16 * (index & 3)))
    }

    /// The longest run of two or more groups of zeros, the first of several (RFC 5952 §4.2).
    private func longestZeroRun() -> Range<Int>? {
        var longest = 0..<0
        var start = 0
        for index in 0..<8 {
            if group(index) != 0 {
                start = index + 1
            } else if index + 1 - start > longest.count {
                longest = start..<index + 1
            }
        }
        return longest.count >= 2 ? longest : nil
    }

    private static func append(version4 bits: UInt64, to output: inout [UInt8]) {
        for shift in stride(from: UInt64(24), through: 0, by: -8) {
            append(decimal: Int(bits >> shift & 0xFF), to: &output)
            if shift > 0 { output.append(UInt8(ascii: ".")) }
        }
    }

    private static func append(hexadecimal value: UInt16, to output: inout [UInt8]) {
        var shift = UInt16(12)
        while shift > 0, value >> shift == 0 { shift -= 4 }
        while true {
            let nibble = UInt8(value >> shift & 0xF)
            output.append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble)
            if shift == 0 { return }
            shift -= 4
        }
    }

    /// Appends `value`, 0 to 99,999.
    fileprivate static func append(decimal value: Int, to output: inout [UInt8]) {
        var unit = 10_000
        while unit > 1, value < unit { unit /= 10 }
        while unit > 0 {
            output.append(UInt8(0x30 + value / unit % 10))
            unit /= 10
        }
    }
}

extension Endpoint: CustomStringConvertible {
    /// Address and port, such as `127.0.0.1:8080` or `[2001:db8::1]:8080` (RFC 5952 §6).
    public var description: String {
        var text: [UInt8] = []
        appendText(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends address and port as ASCII text.
    package func appendText(to output: inout [UInt8]) {
        if address.isVersion6 { output.append(UInt8(ascii: "[")) }
        address.appendText(to: &output)
        if address.isVersion6 { output.append(UInt8(ascii: "]")) }
        output.append(UInt8(ascii: ":"))
        IPAddress.append(decimal: Int(port), to: &output)
    }
}
