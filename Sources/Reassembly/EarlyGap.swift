/// Bytes at the beginning of a connection's directions that the capture lacks.
package struct EarlyGap: Sendable, Hashable {
    package let direction: Direction
    package private(set) var length: Int
    package let cause: GapCause

    /// Adds bytes that are missing right behind.
    fileprivate mutating func add(_ count: Int) {
        let (sum, overflow) = length.addingReportingOverflow(count)
        length = overflow ? .max : sum
    }
}

extension [EarlyGap] {
    /// Takes note of missing bytes, which are next in their direction.
    package mutating func note(_ direction: Direction, _ length: Int, _ cause: GapCause) {
        if let index = firstIndex(where: { $0.direction == direction && $0.cause == cause }) {
            self[index].add(length)
        } else {
            append(EarlyGap(direction: direction, length: length, cause: cause))
        }
    }
}
