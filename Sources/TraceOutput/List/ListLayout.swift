/// The widths of a list's columns, chosen from the terminal's width alone, so that rows can be
/// written as they come; 0 where there is no room for a column.
struct ListLayout: Sendable, Hashable {
    var number = 4
    /// The digits of a time behind the second, and the columns of the whole.
    var digits = 0
    var time = 8
    /// Both endpoints and the arrow between them.
    var endpoints = 24
    var method = 6
    var target = 0
    let status = 4
    var length = 5
    var duration = 6
    var findings = 3
    /// Whether rows are cut to be no wider than the terminal.
    let isCut: Bool

    /// The widest terminal of which more is used.
    private static let widest = 500

    /// - Parameters:
    ///   - width: the columns of the terminal; `nil` where rows may be of any length, and columns
    ///     are as wide as their usual contents.
    ///   - display: how times are shown.
    init(width: Int?, _ display: TimeDisplay) {
        isCut = width != nil
        if let width {
            widen(to: width)
            time = display.columns(digits: digits, isComplete: false)
            narrow(to: width)
            target = max(min(width, Self.widest) - fixed, 1)
        } else {
            (number, digits, endpoints) = (6, 6, 45)
            (method, target, length, duration, findings) = (7, 40, 9, 8, 8)
            time = display.columns(digits: digits, isComplete: true)
        }
    }

    private mutating func widen(to width: Int) {
        if width >= 100 { (digits, endpoints, length, duration) = (3, 33, 6, 8) }
        if width >= 120 { (number, endpoints, method, length, findings) = (6, 38, 7, 9, 8) }
        if width >= 160 { (digits, endpoints) = (6, 45) }
    }

    /// Leaves out columns for which a narrow terminal has no room, the least telling first.
    private mutating func narrow(to width: Int) {
        if width < 76 { endpoints = 0 }
        if width < 60 { length = 0 }
        if width < 50 { time = 0 }
    }

    /// The room that all columns but the target take, with the blanks between columns.
    private var fixed: Int {
        let columns = [
            number, time, endpoints, method, status, length, duration, findings,
        ]
        return columns.reduce(0, +) + columns.count { $0 > 0 }
    }

    /// Whether there is room for the client's address, and not the port alone.
    var showsClientAddress: Bool { endpoints > 24 }

    /// Whether there is room for a space between a duration and the unit.
    var spacesUnits: Bool { duration > 6 }

    /// Whether the last heading is written out.
    var hasWideFindings: Bool { findings >= 8 }
}

extension TimeDisplay {
    /// How many columns a time of day takes with so many digits behind the second, or one that
    /// `isComplete`.
    fileprivate func columns(digits: Int, isComplete: Bool) -> Int {
        let fraction = digits > 0 ? digits + 1 : 0
        return switch self {
        case .local: isComplete ? 25 + fraction : 8 + fraction
        case .utc: isComplete ? 20 + fraction : 8 + fraction
        case .epoch: 10 + fraction
        // Seconds are of no use without thousandths.
        case .relative, .delta: max(8 + fraction, 10)
        }
    }
}
