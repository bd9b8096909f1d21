/// What somebody may have meant who mistyped a name.
package enum Spelling {
    /// The name that is nearest to `typed`; `nil` where none is near: more than two characters, or a
    /// third of them, would have to be put in, taken out or replaced.
    package static func closest(to typed: String, among names: [String]) -> String? {
        let wanted = Array(typed)
        guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
        let scored = names.map { (name: $0, distance: distance(Array($0), wanted)) }
        guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(2, wanted.count / 3) ? best.name : nil
    }

    /// How many characters must be put in, taken out or replaced to make one text of the other.
    private static func distance(_ one: [Character], _ other: [Character]) -> Int {
        var row = Array(0...other.count)
        for (line, character) in one.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for column in other.indices {
                let replaced = diagonal + (other[column] == character ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
            }
        }
        return row[other.count]
    }
}
