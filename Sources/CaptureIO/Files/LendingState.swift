/// How far a reader came with lending frames.
package enum LendingState: Sendable, Hashable {
    /// The window's frames are lent; there may be more.
    case lent
    /// The next frame is later than asked for: in nanoseconds since the epoch.
    case held(until: Int64)
    /// There is nothing more, or nothing more now where the file is followed.
    case ended
}
