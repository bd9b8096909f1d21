/// The widths of a list's columns, chosen from the terminal's width alone, so that rows can be
/// written as they come.
struct ListLayout: Sendable, Hashable {
    /// How much of the time of day, or of the date too, a row shows.
    enum Time: Sendable, Hashable {
        case seconds, milliseconds, dateAndMicroseconds

        var width: Int {
            switch self {
            case .seconds: 8
            case .milliseconds: 12
            case .dateAndMicroseconds: 26
            }
        }
    }

    var number = 4
    var time = Time.seconds
    /// Both endpoints and the arrow between them.
    var endpoints = 24
    var method = 6
    var target = 0
    let status = 4
    var length = 5
    var duration = 5
    var findings = 3

    /// Spaces between the nine columns.
    private static let gaps = 8

    init(width: Int) {
        let width = min(max(width, 76), 500)
        if width >= 100 {
            time = .milliseconds
            endpoints = 33
            length = 6
            duration = 7
        }
        if width >= 120 {
            number = 6
            endpoints = 38
            method = 7
            length = 9
            duration = 8
            findings = 8
        }
        if width >= 160 {
            time = .dateAndMicroseconds
            endpoints = 45
        }
        let fixed =
            number + time.width + endpoints + method + status + length + duration + findings
        target = max(width - fixed - Self.gaps, 8)
    }

    /// Whether there is room for the client's address, and not its port alone.
    var showsClientAddress: Bool { endpoints > 24 }

    /// Whether there is room for a space between a duration and its unit.
    var spacesUnits: Bool { duration > 5 }

    /// Whether the last heading is written out.
    var hasWideFindings: Bool { findings >= 8 }
}
