/// Two versions of the same bytes of a stream, from where they differ on.
package struct OverlapConflict: Sendable, Hashable {
    /// The bytes that came first, and those that came later; ``limit`` of each at the most.
    package let first: [UInt8]
    package let later: [UInt8]

    /// How many bytes of each version are kept.
    package static let limit = 48

    /// Compares two versions of equal length; `nil` where they agree.
    package init?(first: ArraySlice<UInt8>, later: ArraySlice<UInt8>) {
        guard let shift = zip(first, later).enumerated().first(where: { $1.0 != $1.1 })?.offset
        else { return nil }
        self.first = Array(first.dropFirst(shift).prefix(Self.limit))
        self.later = Array(later.dropFirst(shift).prefix(Self.limit))
    }
}

/// Payload that had been delivered before it came again, for who kept it to compare.
package struct RepeatedPayload: Sendable {
    /// Which way it goes.
    package var direction: Direction
    /// Where its first byte lies in the stream, in bytes since the start.
    package var offset: Int
    /// Where it lies in the frame.
    package var range: Range<Int>
}
