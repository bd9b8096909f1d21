/// Two sequences side by side, so that what is alike stands in one row and one element that is
/// missing does not put all that follow out of step.
package struct Alignment {
    /// One row.
    package enum Step: Hashable, Sendable {
        /// Elements of both sides that belong together.
        case pair(Int, Int)
        /// An element of the left side alone.
        case left(Int)
        /// An element of the right side alone.
        case right(Int)

        /// Whether it has elements of both sides.
        var isPair: Bool { if case .pair = self { true } else { false } }
    }

    /// How many elements of a side are looked at in one piece, and how many where that does not find
    /// what belongs together: time and memory grow with the square of it.
    private static let windows = [64, 512]

    /// The rows, both sides in their order.
    package private(set) var steps: [Step] = []

    /// Aligns `left` elements with `right` ones.
    ///
    /// Elements with a key that occurs once on either side are pairs, as many of them as their order
    /// allows. Between these, where both sides go on with elements that are the same, they are pairs;
    /// else the sum of the scores of all pairs is as large as it can be within a window.
    ///
    /// - Parameters:
    ///   - left: the keys of the left side; `nil` for an element that has none.
    ///   - right: the keys of the right side.
    ///   - repeats: whether a left element may be paired with several right ones.
    ///   - isSame: whether two elements are as alike as can be.
    ///   - score: how well two elements go together; 0 where they are never to be paired.
    package init<Key: Hashable>(
        left: [Key?],
        right: [Key?],
        repeats: (Int) -> Bool = { _ in false },
        isSame: (Int, Int) -> Bool,
        score: (Int, Int) -> Int
    ) {
        var (leftStart, rightStart) = (0, 0)
        for anchor in Self.anchors(left, right) {
            align(leftStart..<anchor.left, rightStart..<anchor.right, repeats, isSame, score)
            steps.append(.pair(anchor.left, anchor.right))
            (leftStart, rightStart) = (anchor.left + 1, anchor.right + 1)
        }
        align(leftStart..<left.count, rightStart..<right.count, repeats, isSame, score)
        dropRepeatedLefts()
    }

    /// Appends the rows of two ranges, window by window.
    private mutating func align(
        _ left: Range<Int>,
        _ right: Range<Int>,
        _ repeats: (Int) -> Bool,
        _ isSame: (Int, Int) -> Bool,
        _ score: (Int, Int) -> Int
    ) {
        var (left, right) = (left, right)
        while let one = left.first ?? right.first {
            if !left.isEmpty, let other = right.first, !repeats(one), isSame(one, other) {
                steps.append(.pair(one, other))
                (left, right) = (left.dropFirst(), right.dropFirst())
                continue
            }
            let kept = Self.piece(left, right, repeats, isSame, score)
            let before = right.count
            // Where the left side goes on, if elements that repeat may take more in the next window.
            var resumption: Int?
            for step in kept {
                switch step {
                case .pair(let one, let other):
                    (left, right) = (one + 1..<left.upperBound, other + 1..<right.upperBound)
                    resumption = repeats(one) ? one : nil
                case .left(let one):
                    left = one + 1..<left.upperBound
                    if resumption == nil, repeats(one) { resumption = one }
                case .right(let other): right = other + 1..<right.upperBound
                }
            }
            if let resumption, !right.isEmpty, right.count < before {
                left = resumption..<left.upperBound
            }
            steps += kept
        }
    }

    /// The next rows, as far as a window tells them.
    private static func piece(
        _ left: Range<Int>,
        _ right: Range<Int>,
        _ repeats: (Int) -> Bool,
        _ isSame: (Int, Int) -> Bool,
        _ score: (Int, Int) -> Int
    ) -> ArraySlice<Step> {
        var kept: ArraySlice<Step> = []
        for window in windows {
            let (one, other) = (left.prefix(window), right.prefix(window))
            let piece = align(one, other, repeats, isSame, score)
            if one.count == left.count, other.count == right.count { return piece[...] }
            // What lies near the end of a window may belong to something behind it.
            kept = settled(
                piece,
                one.count < left.count ? one.upperBound - window / 2 : left.upperBound,
                other.count < right.count ? other.upperBound - window / 2 : right.upperBound
            )
            // Once the sides are in step again, a larger window would find the same.
            let last = kept.suffix(8)
            let same = last.count { step in
                if case .pair(let one, let other) = step { isSame(one, other) } else { false }
            }
            if same * 2 > last.count { break }
        }
        return kept
    }

    /// The steps before the first that reaches a limit; one at least.
    private static func settled(
        _ piece: [Step],
        _ leftLimit: Int,
        _ rightLimit: Int
    ) -> ArraySlice<Step> {
        let end = piece.firstIndex { step in
            switch step {
            case .pair(let one, let other): one >= leftLimit || other >= rightLimit
            case .left(let one): one >= leftLimit
            case .right(let other): other >= rightLimit
            }
        }
        return piece.prefix(max(end ?? piece.count, 1))
    }

    /// A left element that was taken up again in a later window stands alone there, if it does.
    private mutating func dropRepeatedLefts() {
        var paired: Set<Int> = []
        for case .pair(let one, _) in steps { paired.insert(one) }
        var alone: Set<Int> = []
        steps.removeAll { step in
            guard case .left(let one) = step else { return false }
            return paired.contains(one) || !alone.insert(one).inserted
        }
    }
}
