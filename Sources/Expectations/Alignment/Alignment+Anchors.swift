/// Elements that surely belong together, wherever they stand.
extension Alignment {
    /// Pairs of elements with a key that occurs once on either side: the largest number of them that
    /// come in the same order on both (patience sorting).
    static func anchors<Key: Hashable>(
        _ left: [Key?],
        _ right: [Key?]
    ) -> [(left: Int, right: Int)] {
        let places = uniquePlaces(right)
        var candidates: [(left: Int, right: Int)] = []
        for (key, place) in uniquePlaces(left) {
            if let other = places[key] { candidates.append((place, other)) }
        }
        candidates.sort { $0.left < $1.left }
        // For each length, the candidate with the lowest right place that ends so many in order.
        var ends: [Int] = []
        var previous = [Int](repeating: -1, count: candidates.count)
        for index in candidates.indices {
            var (low, high) = (0, ends.count)
            while low < high {
                let middle = (low + high) / 2
                if candidates[ends[middle]].right < candidates[index].right {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            if low > 0 { previous[index] = ends[low - 1] }
            if low == ends.count { ends.append(index) } else { ends[low] = index }
        }
        var anchors: [(left: Int, right: Int)] = []
        var next = ends.last ?? -1
        while next >= 0 {
            anchors.append(candidates[next])
            next = previous[next]
        }
        return anchors.reversed()
    }

    /// Where each key stands that occurs once.
    private static func uniquePlaces<Key: Hashable>(_ keys: [Key?]) -> [Key: Int] {
        var places: [Key: Int] = [:]
        var repeated: Set<Key> = []
        for (place, key) in keys.enumerated() {
            guard let key else { continue }
            if places.updateValue(place, forKey: key) != nil { repeated.insert(key) }
        }
        for key in repeated { places[key] = nil }
        return places
    }
}
