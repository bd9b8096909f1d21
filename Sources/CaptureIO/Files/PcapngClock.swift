internal import Packets

/// How a pcapng interface counts time: the resolution and the offset of its timestamps
/// (draft-ietf-opsawg-pcapng §4.2, `if_tsresol` and `if_tsoffset`).
struct PcapngClock: Sendable {
    private enum Unit {
        case multiple(UInt64)
        case fraction(UInt64)
        case powerOfTwo(Int)
    }

    /// Microseconds since the epoch, which an interface without options uses.
    static let microseconds = PcapngClock(resolution: 6, offsetSeconds: 0)

    private let unit: Unit
    private let offset: Int64
    /// Digits after the decimal point of a second that the resolution is worth.
    let digits: UInt8

    /// - Parameters:
    ///   - resolution: the value of `if_tsresol`: a negative power of ten, or of two where the most
    ///     significant bit is set.
    ///   - offsetSeconds: the value of `if_tsoffset`, which is added to each time.
    init(resolution: UInt8, offsetSeconds: Int64) {
        let exponent = Int(resolution & 0x7F)
        if resolution & 0x80 != 0 {
            unit = .powerOfTwo(exponent)
            // A power of two is worth log10(2) of a power of ten, which 1233/4096 is nearly.
            digits = UInt8(min(9, (exponent * 1233 + 4095) / 4096))
        } else if exponent <= 9 {
            unit = .multiple(Self.powerOfTen(9 - exponent))
            digits = UInt8(exponent)
        } else {
            // From 10^-29 on, no 64-bit count reaches a nanosecond.
            unit = .fraction(exponent - 9 > 19 ? 0 : Self.powerOfTen(exponent - 9))
            digits = 9
        }
        let (product, overflow) = offsetSeconds.multipliedReportingOverflow(by: 1_000_000_000)
        offset = overflow ? (offsetSeconds < 0 ? .min : .max) : product
    }

    /// The time of a count of units; the nearest that a ``Timestamp`` can say.
    func timestamp(ofCount count: UInt64) -> Timestamp {
        let sinceOffset: Int64
        switch unit {
        case .multiple(let factor):
            let (product, overflow) = count.multipliedReportingOverflow(by: factor)
            sinceOffset = overflow ? .max : Int64(clamping: product)
        case .fraction(let divisor):
            sinceOffset = divisor == 0 ? 0 : Int64(clamping: count / divisor)
        case .powerOfTwo(let exponent):
            let scaled = (UInt128(count) * 1_000_000_000) >> UInt128(exponent)
            sinceOffset = Int64(clamping: scaled)
        }
        return Timestamp(nanoseconds: sinceOffset.addingClamped(offset), digits: digits)
    }

    /// The time of a count that is too large for the resolution, and makes sense in nanoseconds: there
    /// are programs that write these and do not say so.
    func nanoseconds(ofCount count: UInt64) -> Timestamp? {
        guard digits < 9, let nanoseconds = Int64(exactly: count) else { return nil }
        return Timestamp(nanoseconds: nanoseconds.addingClamped(offset), digits: 9)
    }

    private static func powerOfTen(_ exponent: Int) -> UInt64 {
        var power: UInt64 = 1
        for _ in 0..<exponent { power *= 10 }
        return power
    }
}
