/// A TCP sequence number: a place in a stream modulo 2³² (RFC 9293 §3.4).
package struct SequenceNumber: Sendable, Hashable {
    /// The number as it is on the wire.
    package var rawValue: UInt32

    @inlinable
    package init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// How far this place lies behind `origin`, in bytes; right across the wrap as long as the two
    /// are within 2 GiB of each other, and negative where this one comes first.
    @inlinable
    package func distance(from origin: SequenceNumber) -> Int {
        Int(Int32(bitPattern: rawValue &- origin.rawValue))
    }

    /// The place `length` bytes further on.
    @inlinable
    package func advanced(by length: Int) -> SequenceNumber {
        SequenceNumber(rawValue &+ UInt32(truncatingIfNeeded: length))
    }
}
