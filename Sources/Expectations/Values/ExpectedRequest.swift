/// What the request must be, by its request line.
public enum ExpectedRequest: Sendable, Hashable {
    /// A request with one of these methods and such a target; with wildcards alone, no request does
    /// too.
    case line(methods: [TextPattern], target: TextPattern)
    /// No request.
    case missing

    /// Anything, also no request.
    public static let anything = line(methods: [.anything], target: .anything)

    /// Whether it asks for nothing.
    public var isAnything: Bool {
        guard case .line(let methods, let target) = self else { return false }
        return target.isAnything && methods.contains { $0.isAnything }
    }
}
