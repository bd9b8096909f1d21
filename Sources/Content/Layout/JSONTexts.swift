internal import Bytes

/// JSON content laid out: one text, or several one behind the other, as streams have them.
///
/// Objects and arrays may follow each other at once; other texts have a line of their own. In front
/// of each the record separator may stand (RFC 7464), and in front of all what keeps a page of
/// another origin from running the content as a script.
package struct JSONTexts {
    /// The laid out texts, as much of them as was asked for.
    package private(set) var text: [UInt8] = []

    /// The bytes that all of the laid out text has, or has up to the place where it ended.
    package private(set) var length = 0

    /// How the last text ended; offsets are those of the content.
    package private(set) var outcome: JSONLayout.Outcome = .complete

    /// How many texts there are, the last one included that may not be whole.
    package private(set) var count = 0

    /// What stands in front of the first text and is no JSON; mostly nothing.
    package let guardPrefix: Range<Int>

    /// Lays out `bytes` and keeps the first `limit` bytes of it; all of `bytes` is looked at.
    package init(_ bytes: Span<UInt8>, limit: Int) {
        guardPrefix = Self.guardPrefix(of: bytes)
        var position = guardPrefix.upperBound
        var isBehindScalar = false
        var isApart = true
        repeat {
            let start = position
            while position < bytes.count, bytes[position].separatesTexts { position += 1 }
            // An empty content is a text that ends too early.
            guard position < bytes.count || count == 0 else { return }
            let isScalar = position < bytes.count && !bytes[position].beginsContainer
            isApart = isApart || Self.endsLine(bytes, start..<position)
            guard isApart || !isScalar && !isBehindScalar else {
                outcome = .invalid(offset: position)
                return
            }
            position = layOut(bytes, from: position, limit: limit)
            isBehindScalar = isScalar
            isApart = false
        } while outcome == .complete
    }

    /// Lays out the text that begins at `start`; answers where it ends.
    private mutating func layOut(_ bytes: Span<UInt8>, from start: Int, limit: Int) -> Int {
        count += 1
        if count > 1 {
            if length < limit { text.append(.lineFeed) }
            length += 1
        }
        let layout = JSONLayout(firstOf: bytes, from: start, limit: max(limit - length, 0))
        text += layout.text
        length += layout.length
        outcome = layout.outcome
        return layout.end
    }

    /// Whether what stands between two texts ends a line, or begins a record.
    private static func endsLine(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        for index in range where !bytes[index].isBlank { return true }
        return false
    }

    /// The beginnings that are known, of two the longer one first.
    ///
    /// A script that begins so ends at once, or never comes to what stands behind it.
    private static let guards: [StaticString] = [
        ")]}',", ")]}'", ")]}", "while(1);", "while (1);", "while(true);", "while (true);",
        "for(;;);", "for (;;);", "{}&&", "{} &&", "&&&START&&&", "%%%BREAK%%%", "throw 1;", "//OK",
    ]

    private static func guardPrefix(of bytes: Span<UInt8>) -> Range<Int> {
        let start = bytes.trimmedRange.lowerBound
        guard let found = guards.first(where: { bytes.starts(with: $0, at: start) }) else {
            return 0..<0
        }
        return start..<start + found.utf8CodeUnitCount
    }
}

extension UInt8 {
    /// Whether an object or an array begins with it.
    fileprivate var beginsContainer: Bool {
        self == UInt8(ascii: "{") || self == UInt8(ascii: "[")
    }

    /// Whether it may stand between two texts.
    fileprivate var separatesTexts: Bool { isWhiteSpace || self == .recordSeparator }
}
