import Bytes

/// The checksum of IP and TCP (RFC 1071): the ones' complement sum of 16-bit words.
struct InternetChecksum {
    private var sum: UInt64 = 0

    /// Adds bytes, most significant byte of each word first; an odd one at the end counts as if a
    /// zero followed.
    mutating func add(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        var index = range.lowerBound
        while index + 1 < range.upperBound {
            sum &+= UInt64(bytes.bigEndianUInt16(at: index))
            index += 2
        }
        if index < range.upperBound { sum &+= UInt64(bytes[index]) << 8 }
    }

    /// Adds the pseudo header that TCP's checksum covers (RFC 9293 §3.1, RFC 8200 §8.1).
    mutating func addPseudoHeader(
        _ source: IPAddress,
        _ destination: IPAddress,
        protocolNumber: UInt8,
        length: Int
    ) {
        for half in [source.high, source.low, destination.high, destination.low] {
            sum &+= half >> 48
            sum &+= half >> 32 & 0xFFFF
            sum &+= half >> 16 & 0xFFFF
            sum &+= half & 0xFFFF
        }
        sum &+= UInt64(protocolNumber) &+ UInt64(length)
    }

    /// The sum, folded to 16 bits; 0xFFFF over what holds its right checksum.
    var folded: UInt16 {
        var value = sum
        while value > 0xFFFF { value = value >> 16 &+ value & 0xFFFF }
        return UInt16(value)
    }
}

extension InternetChecksum {
    /// Whether the IPv4 header at `range` holds its right checksum, or none: some systems leave it
    /// to the network card and capture 0.
    static func isRight(version4Header range: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
        guard bytes.bigEndianUInt16(at: range.lowerBound + 10) != 0 else { return true }
        var checksum = InternetChecksum()
        checksum.add(bytes, range)
        return checksum.folded == 0xFFFF
    }

    /// Whether the TCP segment at `range` holds its right checksum, or what a system writes that
    /// leaves the rest to the network card: the sum of the pseudo header, with or without the
    /// length.
    static func isRight(
        segment range: Range<Int>,
        _ bytes: Span<UInt8>,
        from source: IPAddress,
        to destination: IPAddress
    ) -> Bool {
        var partial = InternetChecksum()
        partial.addPseudoHeader(source, destination, protocolNumber: 6, length: range.count)
        var whole = partial
        whole.add(bytes, range)
        if whole.folded == 0xFFFF { return true }
        var withoutLength = InternetChecksum()
        withoutLength.addPseudoHeader(source, destination, protocolNumber: 6, length: 0)
        let field = bytes.bigEndianUInt16(at: range.lowerBound + 16)
        return field == partial.folded || field == withoutLength.folded
    }
}
