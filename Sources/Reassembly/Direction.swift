/// Which way bytes go on a connection.
package enum Direction: Sendable, Hashable, CaseIterable {
    /// From the end that sent the first packet of the connection.
    case forward
    /// From the other end.
    case backward

    /// The other way.
    package var opposite: Direction { self == .forward ? .backward : .forward }
}
