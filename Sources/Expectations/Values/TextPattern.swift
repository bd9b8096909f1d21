/// A text with wildcards: `*` stands for any bytes, also none; all else for itself.
///
/// ```swift
/// let pattern: TextPattern = "/users/*/name"
/// ```
///
/// It is compared with bytes as they were sent, letter case included.
public struct TextPattern: Sendable, Hashable {
    /// Each byte, or `nil` for a wildcard; no two wildcards stand side by side.
    package private(set) var elements: [UInt8?] = []

    /// Any text at all.
    public static let anything = TextPattern(elements: [nil])

    /// A text in which each `*` is a wildcard.
    public init(_ text: String) {
        self.init(elements: text.utf8.map { $0 == UInt8(ascii: "*") ? nil : $0 })
    }

    /// A text that stands for itself, asterisks included.
    public init(exactly text: String) { self.init(bytes: Array(text.utf8)) }

    /// Bytes that stand for themselves.
    public init(bytes: [UInt8]) { elements = bytes }

    /// Bytes and wildcards (`nil`) in order.
    package init(elements: [UInt8?]) {
        for element in elements {
            if let last = self.elements.last, last == nil, element == nil { continue }
            self.elements.append(element)
        }
    }

    /// Whether it matches whatever there is.
    public var isAnything: Bool { elements == [nil] }

    /// Whether it has no wildcard.
    package var isLiteral: Bool { !elements.contains { $0 == nil } }

    /// How many bytes it asks for: the more, the more it says.
    package var literalLength: Int { elements.count { $0 != nil } }

    /// Whether `text` is such a text.
    public func matches(_ text: String) -> Bool { matches(Array(text.utf8)) }

    /// Whether `bytes` are such a text.
    package func matches(_ bytes: [UInt8]) -> Bool { matches(bytes.span) }

    /// Whether `bytes` are such a text.
    package func matches(_ bytes: Span<UInt8>) -> Bool {
        var (position, element) = (0, 0)
        // Where the last wildcard stands, and where what it stands for ends for now.
        var wildcard: (element: Int, end: Int)?
        while position < bytes.count {
            if element < elements.count, elements[element] == nil {
                wildcard = (element, position)
                element += 1
            } else if element < elements.count, elements[element] == bytes[position] {
                element += 1
                position += 1
            } else if let last = wildcard {
                wildcard = (last.element, last.end + 1)
                element = last.element + 1
                position = last.end + 1
            } else {
                return false
            }
        }
        return elements[element...].allSatisfy { $0 == nil }
    }
}

extension TextPattern: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self.init(text) }
}
