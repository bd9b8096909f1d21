extension FindingCode {
    /// The code that somebody who typed `name` may have meant; `nil` where none is near.
    ///
    /// A part of a code, such as `line-feed`, counts as near where only one code has it.
    public static func closest(to name: String) -> FindingCode? {
        let wanted = Array(name.lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 })
        guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
        let holding = allCases.filter { Array($0.rawValue).firstRange(of: wanted) != nil }
        if holding.count == 1 { return holding.first }
        let scored = allCases.map { (code: $0, distance: distance(Array($0.rawValue), wanted)) }
        guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(2, wanted.count / 3) ? best.code : nil
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
