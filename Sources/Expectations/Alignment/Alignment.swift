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
    }

    /// The most elements of a side that are looked at in one piece: time and memory grow with the
    /// square of it.
    private static let window = 512

    /// The rows, both sides in their order.
    package private(set) var steps: [Step] = []

    /// Aligns `left` elements with `right` ones.
    ///
    /// The sum of the scores of all pairs is as large as it can be within a window of both sides.
    ///
    /// - Parameters:
    ///   - left: how many elements the left side has.
    ///   - right: how many the right side has.
    ///   - repeats: whether a left element may be paired with several right ones.
    ///   - score: how well two elements go together; 0 where they are never to be paired.
    package init(
        left: Int,
        right: Int,
        repeats: (Int) -> Bool = { _ in false },
        score: (Int, Int) -> Int
    ) {
        var (leftStart, rightStart) = (0, 0)
        while leftStart < left || rightStart < right {
            let leftEnd = min(left, leftStart + Self.window)
            let rightEnd = min(right, rightStart + Self.window)
            let piece = Self.align(leftStart..<leftEnd, rightStart..<rightEnd, repeats, score)
            let isLast = leftEnd == left && rightEnd == right
            // What lies near the end of a window may belong to something behind it.
            let kept = isLast ? piece[...] : Self.settled(piece, leftEnd, rightEnd, left, right)
            for step in kept {
                switch step {
                case .pair(let one, let other): (leftStart, rightStart) = (one + 1, other + 1)
                case .left(let one): leftStart = one + 1
                case .right(let other): rightStart = other + 1
                }
            }
            // A left element that repeats may take further right ones in the next window.
            if !isLast, case .pair(let one, _)? = kept.last, repeats(one) { leftStart = one }
            steps += kept
        }
        dropRepeatedLefts()
    }

    /// The steps up to the middle of what the window holds of each side that goes on behind it.
    private static func settled(
        _ piece: [Step],
        _ leftEnd: Int,
        _ rightEnd: Int,
        _ left: Int,
        _ right: Int
    ) -> ArraySlice<Step> {
        let leftLimit = leftEnd < left ? leftEnd - window / 2 : left
        let rightLimit = rightEnd < right ? rightEnd - window / 2 : right
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

extension Alignment {
    /// The best rows for two ranges, by dynamic programming from the end.
    private static func align(
        _ left: Range<Int>,
        _ right: Range<Int>,
        _ repeats: (Int) -> Bool,
        _ score: (Int, Int) -> Int
    ) -> [Step] {
        let width = right.count + 1
        var best = [Int](repeating: 0, count: (left.count + 1) * width)
        var scores = [Int](repeating: 0, count: left.count * right.count)
        for row in (0..<left.count).reversed() {
            let next = repeats(left.lowerBound + row) ? row : row + 1
            for column in (0..<right.count).reversed() {
                let own = score(left.lowerBound + row, right.lowerBound + column)
                scores[row * right.count + column] = own
                var most = max(best[(row + 1) * width + column], best[row * width + column + 1])
                if own > 0 { most = max(most, own + best[next * width + column + 1]) }
                best[row * width + column] = most
            }
        }
        return walk(left, right, repeats, best, scores)
    }

    private static func walk(
        _ left: Range<Int>,
        _ right: Range<Int>,
        _ repeats: (Int) -> Bool,
        _ best: [Int],
        _ scores: [Int]
    ) -> [Step] {
        let width = right.count + 1
        var steps: [Step] = []
        var (row, column) = (0, 0)
        while row < left.count || column < right.count {
            let (one, other) = (left.lowerBound + row, right.lowerBound + column)
            guard row < left.count, column < right.count else {
                steps.append(row < left.count ? .left(one) : .right(other))
                if row < left.count { row += 1 } else { column += 1 }
                continue
            }
            let own = scores[row * right.count + column]
            let next = repeats(one) ? row : row + 1
            let here = best[row * width + column]
            if own > 0, here == own + best[next * width + column + 1] {
                steps.append(.pair(one, other))
                (row, column) = (next, column + 1)
            } else if here == best[(row + 1) * width + column] {
                steps.append(.left(one))
                row += 1
            } else {
                steps.append(.right(other))
                column += 1
            }
        }
        return steps
    }
}
