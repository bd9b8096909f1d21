/// How far content is decoded: a few bytes may stand for gigabytes.
package struct DecodingLimits: Sendable, Hashable {
    /// The most bytes that the content of one message has after any of its codings is removed.
    package var length = 64 << 20

    package init(length: Int = 64 << 20) { self.length = length }

    /// How many times longer than what was sent decoded content may get, beyond
    /// ``lengthOfAnyRatio``; text is rarely compressed to less than a fiftieth.
    package static let ratio = 200

    /// Up to so many bytes any ratio goes.
    package static let lengthOfAnyRatio = 1 << 20

    /// The most codings that are removed from one message.
    package static let codings = 5

    /// The most bytes that `count` coded bytes may become.
    func most(for count: Int) -> Int {
        let (product, overflow) = count.multipliedReportingOverflow(by: Self.ratio)
        return min(length, max(overflow ? .max : product, Self.lengthOfAnyRatio))
    }
}
