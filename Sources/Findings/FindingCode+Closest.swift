internal import Bytes

extension FindingCode {
    /// The code that somebody who typed `name` may have meant; `nil` where none is near.
    ///
    /// A part of a code, such as `line-feed`, counts as near where only one code has it.
    public static func closest(to name: String) -> FindingCode? {
        let wanted = spelling(of: name)
        let holding = holding(wanted)
        if holding.count == 1 { return holding.first }
        return Spelling.closest(to: wanted, among: allCases.map(\.rawValue))
            .flatMap(FindingCode.init)
    }

    /// The codes that `text` names, in any case: the one that it is, or those of which it is a part,
    /// or those whose rule it is or is a part of, such as `9112`, `RFC 9112` or `9110 §8.6`.
    package static func search(_ text: String) -> [FindingCode] {
        let wanted = spelling(of: text)
        if let code = FindingCode(rawValue: wanted) { return [code] }
        let holding = holding(wanted)
        guard holding.isEmpty, !text.isEmpty else { return holding }
        let rule = Array(text.lowercased())
        return allCases.filter {
            Array($0.entry.reference.lowercased()).firstRange(of: rule) != nil
        }
    }

    private static func holding(_ part: String) -> [FindingCode] {
        let part = Array(part)
        guard !part.isEmpty, part.count <= 64 else { return [] }
        return allCases.filter { Array($0.rawValue).firstRange(of: part) != nil }
    }

    /// `name` as codes are written.
    private static func spelling(of name: String) -> String {
        String(name.lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 })
    }
}
