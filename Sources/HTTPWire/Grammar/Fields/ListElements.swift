import Bytes

/// Walks through the elements of a comma-separated list (RFC 9110 §5.6.1); empty ones are passed
/// over.
struct ListElements {
    private var rest: Range<Int>
    /// Whether no element was found, as far as the list was gone through.
    private(set) var isEmpty = true
    /// Whether a comma was found with nothing on one of its sides, which no sender may write
    /// (RFC 9110 §5.6.1.1).
    private(set) var hasEmptyElement = false

    init(_ value: Range<Int>) { rest = value }

    /// The next element in `bytes` without surrounding white space and line ends of a folded value.
    mutating func next(in bytes: Span<UInt8>) -> Range<Int>? {
        while !rest.isEmpty {
            let list = bytes.extracting(0..<rest.upperBound)
            let comma = list.firstIndex(of: 0x2C, from: rest.lowerBound)
            var (start, end) = (rest.lowerBound, comma ?? rest.upperBound)
            rest = min(end + 1, rest.upperBound)..<rest.upperBound
            hasEmptyElement = hasEmptyElement || comma != nil && rest.isEmpty
            while start < end, Self.isSeparator(bytes[start]) { start += 1 }
            while end > start, Self.isSeparator(bytes[end - 1]) { end -= 1 }
            if start < end {
                isEmpty = false
                return start..<end
            }
            hasEmptyElement = true
        }
        return nil
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte.isBlank || byte == .lineFeed || byte == .carriageReturn
    }
}
