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
    var client: Int
    var server: Int
    var method = 6
    var target: Int
    let status = 4
    var length = 6
    var duration = 7
    var findings = 3

    /// Spaces between two columns, and around the arrow between the endpoints.
    private static let gaps = 8 + 1

    init(width: Int) {
        let width = min(max(width, 72), 500)
        client = 5
        server = 14
        target = 0
        if width >= 120 {
            time = width >= 160 ? .dateAndMicroseconds : .milliseconds
            number = 6
            client = 21
            server = 21
            method = 7
            length = 11
            duration = 9
            findings = 8
        } else if width >= 100 {
            time = .milliseconds
            client = 15
            server = 15
        }
        let fixed =
            number + time.width + client + server + method + status + length + duration + findings
        target = max(width - fixed - Self.gaps, 8)
        guard width >= 160, target > 60 else { return }
        // IPv6 addresses need the room more than targets do.
        let spare = min(target - 60, 40)
        client += spare / 2
        server += spare / 2
        target -= spare / 2 * 2
    }

    /// Whether there is room for the client's address, and not its port alone.
    var showsClientAddress: Bool { client > 5 }

    /// Whether the last heading is written out.
    var hasWideFindings: Bool { findings >= 8 }
}
