/// The time in a capture, which never goes back: the latest frame so far, and the latest time so far;
/// and that of the frame from which follows what is told.
struct TraceClock: Sendable, Hashable {
    /// The number of the latest frame.
    var frame = 0
    /// The latest time of any frame up to that one, in nanoseconds since the Unix epoch.
    var nanoseconds = Int64.min
    /// When the frame was captured from which follows what is told, in nanoseconds since the epoch.
    var timestamp = Int64.min
}
