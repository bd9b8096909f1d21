/// What the response must be, by its status code: `200`, `2xx`, `200|304`, none at all.
public struct ExpectedStatus: Sendable, Hashable {
    /// One of several that will do.
    public enum Alternative: Sendable, Hashable {
        /// A response with a status code in a range, 0 to 999.
        case codes(ClosedRange<Int>)
        /// A response whose status line has no status code that can be read.
        case unreadable
        /// No response.
        case missing
    }

    /// Those that will do; where there is none, anything does, also no response.
    public var alternatives: [Alternative]

    /// Anything, also no response.
    public static let anything = ExpectedStatus([])

    /// No response.
    public static let missing = ExpectedStatus([.missing])

    /// A response, whatever it is.
    public static let present = ExpectedStatus([.codes(0...999), .unreadable])

    /// One of several.
    public init(_ alternatives: [Alternative]) { self.alternatives = alternatives }

    /// A response with a status code in a range.
    public static func codes(_ range: ClosedRange<Int>) -> ExpectedStatus {
        ExpectedStatus([.codes(range)])
    }

    /// Whether it asks for nothing.
    public var isAnything: Bool { alternatives.isEmpty }

    /// Whether a message, or its absence, is such a response.
    func matches(isPresent: Bool, code: Int?) -> Bool {
        isAnything
            || alternatives.contains {
                switch $0 {
                case .codes(let range): isPresent && code.map(range.contains) ?? false
                case .unreadable: isPresent && code == nil
                case .missing: !isPresent
                }
            }
    }
}

extension ExpectedStatus: ExpressibleByIntegerLiteral {
    public init(integerLiteral code: Int) { self.init([.codes(code...code)]) }
}
