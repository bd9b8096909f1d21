internal import Bytes

/// The items of `application/x-www-form-urlencoded` content (URL Standard §5.1), one after the
/// other.
package struct FormItems: Sendable {
    /// One item: ranges of the content, still encoded.
    package struct Item: Sendable, Hashable {
        package var name: Range<Int>
        /// `nil` where the item has no `=`.
        package var value: Range<Int>?
    }

    private var position = 0

    package init() {}

    /// The next item of `content`; empty ones are passed over.
    package mutating func next(in content: Span<UInt8>) -> Item? {
        while position < content.count {
            let start = position
            let end = content.firstIndex(of: UInt8(ascii: "&"), from: start) ?? content.count
            position = end + 1
            guard start < end else { continue }
            let item = content.extracting(start..<end)
            guard let equals = item.firstIndex(of: UInt8(ascii: "=")) else {
                return Item(name: start..<end, value: nil)
            }
            return Item(name: start..<start + equals, value: start + equals + 1..<end)
        }
        return nil
    }

    /// A name or value with `+` as space and `%XX` as the byte; a percent sign that no two
    /// hexadecimal digits follow stays, and is counted.
    package static func decode(_ encoded: Span<UInt8>) -> (bytes: [UInt8], invalidEscapes: Int) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(encoded.count)
        var invalid = 0
        var index = 0
        while index < encoded.count {
            switch encoded[index] {
            case UInt8(ascii: "+"): bytes.append(.space)
            case UInt8(ascii: "%"):
                if index + 2 < encoded.count, let high = encoded[index + 1].hexadecimalValue,
                    let low = encoded[index + 2].hexadecimalValue
                {
                    bytes.append(high << 4 | low)
                    index += 2
                } else {
                    bytes.append(UInt8(ascii: "%"))
                    invalid += 1
                }
            case let byte: bytes.append(byte)
            }
            index += 1
        }
        return (bytes, invalid)
    }
}
