/// How much of content is still to be shown.
struct ContentBudget {
    var rows: Int
    var bytes: Int
    /// Bytes of content that is not text.
    var glimpse: Int

    /// All that was kept.
    static let all = ContentBudget(rows: .max, bytes: .max, glimpse: .max)
    /// Enough for somebody looking through a trace.
    static let beginning = ContentBudget(rows: 40, bytes: 2048, glimpse: 64)

    var isUsedUp: Bool { rows <= 0 || bytes <= 0 }

    mutating func use(rows: Int, bytes: Int) {
        self.rows -= rows
        self.bytes -= bytes
    }
}
