/// How times are shown to people; programs get UTC.
package enum TimeDisplay: String, CaseIterable, Sendable, Hashable {
    /// Local time.
    case local
    /// Coordinated Universal Time.
    case utc
    /// Seconds since the first that is shown.
    case relative
    /// Seconds since the one that is shown before.
    case delta
    /// Seconds since 1970.
    case epoch

    /// Whether a time depends on which were shown before.
    package var dependsOnOrder: Bool {
        switch self {
        case .relative, .delta: true
        case .local, .utc, .epoch: false
        }
    }
}

/// The offset from UTC at some place, from moment to moment.
package struct TimeZoneRule: Sendable {
    /// The offset at one moment.
    package struct Offset: Sendable, Hashable {
        /// In seconds, east of Greenwich above 0.
        package var seconds: Int
        /// The name of the time, such as `KST`.
        package var name: String

        package init(seconds: Int, name: String) {
            self.seconds = seconds
            self.name = name
        }
    }

    /// The offset at a moment, given as seconds since 1970.
    package let offset: @Sendable (Int64) -> Offset

    package init(_ offset: @escaping @Sendable (Int64) -> Offset) { self.offset = offset }

    /// Coordinated universal time.
    package static let utc = TimeZoneRule { _ in Offset(seconds: 0, name: "UTC") }
}

extension TimeZoneRule.Offset {
    /// The suffix of a time of RFC 3339: `Z`, `+09:00`.
    var suffix: String { self == Self(seconds: 0, name: "UTC") ? "Z" : difference }

    /// The zone in words: `UTC`, `KST (UTC+09:00)`.
    var description: String {
        if suffix == "Z" { return "UTC" }
        // Where a time has no name the system gives the difference once more.
        let hasName = name.utf8.allSatisfy { 0x41...0x5A ~= $0 & 0xDF } && !name.isEmpty
        return hasName ? "\(name) (UTC\(difference))" : "UTC\(difference)"
    }

    private var difference: String {
        let minutes = abs(seconds) / 60
        let digits = [minutes / 600, minutes / 60 % 10, minutes % 60 / 10, minutes % 10]
        return "\(seconds < 0 ? "-" : "+")\(digits[0])\(digits[1]):\(digits[2])\(digits[3])"
    }
}
