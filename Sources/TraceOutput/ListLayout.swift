/// The widths of a list's columns, chosen from the terminal's width alone, so that rows can be
/// written as they come; 0 where there is no room for a column.
struct ListLayout: Sendable, Hashable {
    /// How much of a time a row shows.
    enum Time: Sendable, Hashable {
        /// So many digits behind the second.
        case ofDay(digits: Int)
        /// Date, time of day and what it adds to UTC.
        case complete
    }

    var number = 4
    var time = Time.ofDay(digits: 0)
    var timeWidth = 8
    /// Both endpoints and the arrow between them.
    var endpoints = 24
    var method = 6
    var target = 0
    let status = 4
    var length = 5
    var duration = 6
    var findings = 3
    /// Whether a row is no wider than the terminal, whatever it takes to make it so.
    let isCut: Bool

    /// The widest terminal of which more is used.
    private static let widest = 500

    /// - Parameter width: the columns of the terminal; `nil` where rows may be of any length, and
    ///   columns are as wide as what usually stands in them.
    init(width: Int?) {
        isCut = width != nil
        guard let width else {
            (number, time, timeWidth, endpoints) = (6, .complete, 32, 45)
            (method, target, length, duration, findings) = (7, 40, 9, 8, 8)
            return
        }
        narrow(to: width)
        if width >= 100 { (time, timeWidth, endpoints, length, duration) = (.ofDay(digits: 3), 12, 33, 6, 8) }
        if width >= 120 { (number, endpoints, method, length, findings) = (6, 38, 7, 9, 8) }
        if width >= 160 { (time, timeWidth, endpoints) = (.ofDay(digits: 6), 15, 45) }
        target = max(min(width, Self.widest) - fixed, 1)
    }

    /// Leaves out what a narrow terminal has no room for, what tells least first.
    private mutating func narrow(to width: Int) {
        if width < 76 { endpoints = 0 }
        if width < 60 { length = 0 }
        if width < 50 { timeWidth = 0 }
    }

    /// What all columns but the target take, with the blanks between columns.
    private var fixed: Int {
        let columns = [
            number, timeWidth, endpoints, method, status, length, duration, findings,
        ]
        return columns.reduce(0, +) + columns.count { $0 > 0 }
    }

    /// Whether there is room for the client's address, and not its port alone.
    var showsClientAddress: Bool { endpoints > 24 }

    /// Whether there is room for a space between a duration and its unit.
    var spacesUnits: Bool { duration > 6 }

    /// Whether the last heading is written out.
    var hasWideFindings: Bool { findings >= 8 }
}
