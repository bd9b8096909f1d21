/// What happens within one window.
extension Alignment {
    /// The most elements of a side between two that are the same that are looked at one by one.
    private static let gapLimit = 96

    /// The rows for two ranges: first what is the same on both sides, as much of it as there can be;
    /// then, between that, what is alike.
    ///
    /// Whether elements are the same costs little to tell, and how alike they are costs much.
    static func align(
        _ left: Range<Int>,
        _ right: Range<Int>,
        _ repeats: (Int) -> Bool,
        _ isSame: (Int, Int) -> Bool,
        _ score: (Int, Int) -> Int
    ) -> [Step] {
        let anchors = best(Array(left), Array(right), repeats) { one, other in
            isSame(one, other) ? score(one, other) : 0
        }
        var steps: [Step] = []
        var gap = Gap()
        for step in anchors {
            switch step {
            case .left(let one): gap.left.append(one)
            case .right(let other): gap.right.append(other)
            case .pair(let one, _):
                steps += gap.steps(limit: gapLimit, repeats, score)
                steps.append(step)
                gap = Gap()
                // It may take others too that are only alike.
                if repeats(one) { gap.left = [one] }
            }
        }
        return steps + gap.steps(limit: gapLimit, repeats, score)
    }

    /// What lies between two pairs.
    private struct Gap {
        var left: [Int] = []
        var right: [Int] = []

        func steps(
            limit: Int,
            _ repeats: (Int) -> Bool,
            _ score: (Int, Int) -> Int
        ) -> [Step] {
            guard !left.isEmpty, !right.isEmpty, left.count <= limit, right.count <= limit else {
                return left.map { .left($0) } + right.map { .right($0) }
            }
            return Alignment.best(left, right, repeats, score)
        }
    }

    /// The rows with the largest sum of scores, by dynamic programming from the end.
    private static func best(
        _ left: [Int],
        _ right: [Int],
        _ repeats: (Int) -> Bool,
        _ score: (Int, Int) -> Int
    ) -> [Step] {
        let width = right.count + 1
        var best = [Int](repeating: 0, count: (left.count + 1) * width)
        var scores = [Int](repeating: 0, count: left.count * right.count)
        for row in left.indices.reversed() {
            let next = repeats(left[row]) ? row : row + 1
            for column in right.indices.reversed() {
                let own = score(left[row], right[column])
                scores[row * right.count + column] = own
                var most = max(best[(row + 1) * width + column], best[row * width + column + 1])
                if own > 0 { most = max(most, own + best[next * width + column + 1]) }
                best[row * width + column] = most
            }
        }
        var steps: [Step] = []
        var (row, column) = (0, 0)
        while row < left.count, column < right.count {
            let own = scores[row * right.count + column]
            let next = repeats(left[row]) ? row : row + 1
            let here = best[row * width + column]
            if own > 0, here == own + best[next * width + column + 1] {
                steps.append(.pair(left[row], right[column]))
                (row, column) = (next, column + 1)
            } else if here == best[(row + 1) * width + column] {
                steps.append(.left(left[row]))
                row += 1
            } else {
                steps.append(.right(right[column]))
                column += 1
            }
        }
        return steps + left[row...].map { .left($0) } + right[column...].map { .right($0) }
    }
}
