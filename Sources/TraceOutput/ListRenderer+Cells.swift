internal import Bytes

/// The cells of a row: text cut or filled up to the width of its column.
extension ListRenderer {
    enum Alignment: Sendable, Hashable {
        case left, right
    }

    /// Appends `text` in `width` columns and a space behind them; the middle of what is too long
    /// gives way, since the beginning and the end of a target or an address tell most.
    func append(
        _ text: String,
        _ width: Int,
        _ alignment: Alignment,
        to buffer: inout OutputBuffer
    ) {
        let scalars = text.unicodeScalars
        let padding = width - scalars.count
        if padding < 0 {
            let kept = max(width - 1, 0)
            buffer.append(string: String(scalars.prefix(kept - kept / 2)))
            buffer.append("…")
            buffer.append(string: String(scalars.suffix(kept / 2)))
        } else {
            if alignment == .right { buffer.append(.space, times: padding) }
            buffer.append(string: text)
            if alignment == .left { buffer.append(.space, times: padding) }
        }
        buffer.append(" ")
    }

    /// Appends a running number, which pushes the row to the right rather than be cut.
    func append(number: Int, _ width: Int, to buffer: inout OutputBuffer) {
        let text = String(number)
        buffer.append(.space, times: width - text.utf8.count)
        buffer.append(string: text)
        buffer.append(" ")
    }

    /// A length in bytes, with a decimal unit where the digits do not fit into `width` columns.
    static func length(_ bytes: Int, _ width: Int) -> String {
        let digits = String(bytes)
        guard digits.utf8.count > width else { return digits }
        var (value, units) = (bytes, "kMGTPE"[...])
        while value >= 1_000_000 {
            value /= 1000
            units = units.dropFirst()
        }
        let tenths = value / 100 % 10
        return value >= 10_000
            ? "\(value / 1000)\(units.prefix(1))B"
            : "\(value / 1000).\(tenths)\(units.prefix(1))B"
    }

    /// A duration with three digits or so and its unit.
    static func duration(_ nanoseconds: Int64, spaced: Bool) -> String {
        let magnitude = nanoseconds.magnitude
        let (number, unit) =
            switch magnitude {
            case ..<1000: ("\(magnitude)", "ns")
            case ..<1_000_000: ("\(magnitude / 1000)", "µs")
            case ..<10_000_000: (decimal(magnitude / 1000, spaced), "ms")
            case ..<1_000_000_000: ("\(magnitude / 1_000_000)", "ms")
            case ..<10_000_000_000: (decimal(magnitude / 1_000_000, spaced), "s")
            case ..<100_000_000_000: (decimal(magnitude / 1_000_000, false), "s")
            default: ("\(magnitude / 1_000_000_000)", "s")
            }
        return (nanoseconds < 0 ? "-" : "") + number + (spaced ? " " : "") + unit
    }

    /// Thousandths of a unit as text with two decimals, such as `1.25`, or with one.
    private static func decimal(_ thousandths: UInt64, _ hasTwo: Bool) -> String {
        let hundredths = thousandths / 10
        guard hasTwo else { return "\(thousandths / 1000).\(thousandths / 100 % 10)" }
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}
