/// How far content is decoded: a few bytes may stand for gigabytes.
package struct DecodingLimits: Sendable, Hashable {
    /// The most bytes that the content of one message has after any of its codings is removed.
    package var length: Int

    /// Whether content may become no more than ``ratio`` times longer than what was sent.
    package var keepsRatio: Bool

    /// Up to so many bytes any ratio goes.
    package var lengthOfAnyRatio = 64 << 10

    /// The limits of somebody who asked for so many bytes, or did not ask.
    package init(length: Int? = nil) {
        self.length = length ?? 64 << 20
        keepsRatio = length == nil
    }

    /// The limits of somebody who shows nothing of it, but compares it with what is expected: who
    /// tests sends a mebibyte of one letter.
    package static var comparing: DecodingLimits {
        var limits = DecodingLimits()
        limits.lengthOfAnyRatio = 1 << 20
        return limits
    }

    /// How many times longer than what was sent decoded content may get, beyond
    /// ``lengthOfAnyRatio``; text is rarely compressed to less than a fiftieth.
    package static let ratio = 200

    /// The most codings that are removed from one message.
    package static let codings = 5

    /// The most bytes that `count` coded bytes may become.
    func most(for count: Int) -> Int {
        guard keepsRatio else { return length }
        let (product, overflow) = count.multipliedReportingOverflow(by: Self.ratio)
        return min(length, max(overflow ? .max : product, lengthOfAnyRatio))
    }
}
