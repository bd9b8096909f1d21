/// Which rows of a comparison are worth showing: those that differ, and a few around them.
struct ShownRows {
    /// A row that is shown, or how many are not.
    enum Group: Hashable {
        case shown(Int)
        case leftOut(Int)
    }

    private(set) var groups: [Group] = []

    /// Chooses among rows of which it is known whether they differ.
    init(_ differs: [Bool], showsAll: Bool, context: Int) {
        var isShown = differs.map { showsAll || $0 }
        for index in differs.indices where differs[index] {
            let nearby = (index - context...index + context).clamped(to: 0...differs.count - 1)
            for near in nearby { isShown[near] = true }
        }
        var leftOut = 0
        for index in differs.indices {
            guard isShown[index] else {
                leftOut += 1
                continue
            }
            if leftOut > 0 { groups.append(.leftOut(leftOut)) }
            leftOut = 0
            groups.append(.shown(index))
        }
        if leftOut > 0, leftOut < differs.count { groups.append(.leftOut(leftOut)) }
    }
}
