/// A final response to a request that is still being read.
struct EarlyAnswer: Sendable {
    /// Whether there is one.
    var isGiven = false
    /// What may be content of that request, or the next: one element at the most, kept apart so that
    /// other connections stay small.
    var disputed: [DisputedContent] = []
}
