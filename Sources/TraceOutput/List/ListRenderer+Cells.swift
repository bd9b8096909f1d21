internal import Bytes

/// The cells of a row that are finished where rendered: text cut or filled up to the width of the
/// column.
extension ListRenderer {
    enum Alignment: Sendable, Hashable {
        case left, right
    }

    /// Appends `text`, which is harmless, in `width` columns and a space behind them; nothing where
    /// there is no such column.
    func append(
        _ text: String,
        _ width: Int,
        _ alignment: Alignment,
        to buffer: inout OutputBuffer
    ) {
        guard width > 0 else { return }
        let shown = layout.isCut ? text.cut(toCells: width) : text
        let padding = max(width - shown.cellWidth, 0)
        if alignment == .right { buffer.append(.space, times: padding) }
        buffer.append(string: shown)
        if alignment == .left { buffer.append(.space, times: padding) }
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

    /// A count that says at least how many there are where the digits do not fit.
    static func count(_ count: Int, _ width: Int) -> String {
        let digits = String(count)
        return digits.utf8.count > width ? ">\(min(count / 1000, 9))k" : digits
    }
}
