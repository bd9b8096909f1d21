/// When a frame was captured: nanoseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// Capture files keep times to their own resolution; the number of digits worth showing travels
/// with the time, so that a microsecond capture does not pretend to nanoseconds.
public struct Timestamp: Sendable, Hashable {
    /// Nanoseconds since the Unix epoch; about 1677 to 2262.
    public var nanoseconds: Int64

    /// Digits after the decimal point of a second that the capture knows, 0 to 9; of no meaning where
    /// the time is not known.
    public var digits: UInt8

    /// Creates a time; the capture's resolution is microseconds unless `digits` says otherwise.
    public init(nanoseconds: Int64, digits: UInt8 = 6) {
        self.nanoseconds = nanoseconds
        self.digits = digits
    }

    /// The digits of a time that the capture does not have.
    private static let noDigits = UInt8.max

    /// Stands for a time that the capture does not have; `order` is what ``nanoseconds`` is to be for
    /// whoever puts frames in order: that of the frame before.
    package static func unknown(inOrder order: Int64) -> Timestamp {
        Timestamp(nanoseconds: order, digits: noDigits)
    }

    /// Whether the capture has the time; if not, ``nanoseconds`` is only that of a frame before.
    @inlinable public var isKnown: Bool { digits != .max }

    /// Nanoseconds from `earlier` to this time; negative if the capture's clock ran backwards.
    @inlinable
    public func nanoseconds(since earlier: Timestamp) -> Int64 {
        nanoseconds &- earlier.nanoseconds
    }
}
