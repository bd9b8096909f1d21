internal import Bytes

/// The parts of multipart content (RFC 2046 §5.1, RFC 7578), one after the other.
///
/// Line feeds without carriage return are taken as line ends too, as recipients do.
package struct MultipartParts: Sendable {
    /// One part: ranges of the content.
    package struct Part: Sendable, Hashable {
        /// The field lines, without the blank line that ends them.
        package var fields: Range<Int>
        package var content: Range<Int>
        /// Whether a delimiter follows it.
        package var isDelimited: Bool
    }

    /// What stands before the first delimiter; empty before the first part was asked for.
    package private(set) var preamble = 0..<0

    /// What stands behind the last delimiter; `nil` where there was none, and before it is reached.
    package private(set) var epilogue: Range<Int>?

    /// Whether the lines between the parts are the boundary itself, which has the two hyphens
    /// already that should stand in front of it (RFC 2046 §5.1.1).
    package private(set) var isBoundaryWithHyphens = false

    private var delimiter: [UInt8]
    /// Whether ``isBoundaryWithHyphens`` may come to be.
    private let acceptsHyphens: Bool
    private var position = 0
    private var hasBegun = false
    private var isOver = false

    /// Gets ready to find parts between lines of `boundary`.
    ///
    /// - Parameters:
    ///   - boundary: the parameter of the media type.
    ///   - acceptsHyphens: whether a boundary that begins with two hyphens is looked for as it is
    ///     too, where no line has two more: cameras write it so, and viewers take it.
    package init(boundary: [UInt8], acceptsHyphens: Bool = false) {
        delimiter = Array("--".utf8) + boundary
        self.acceptsHyphens = acceptsHyphens && boundary.starts(with: "--".utf8)
    }

    /// The next part of `content`, the same in every call.
    package mutating func next(in content: Span<UInt8>) -> Part? {
        if !hasBegun {
            hasBegun = true
            let first = findFirstDelimiter(in: content)
            preamble = 0..<(first?.start ?? content.count)
            enter(first, of: content)
        }
        guard !isOver else { return nil }
        let start = position
        let next = findDelimiter(in: content, from: start)
        let end = max(next?.start ?? content.count, start)
        enter(next, of: content)
        let (fields, body) = Self.split(content, start..<end)
        return Part(fields: fields, content: body, isDelimited: next != nil)
    }

    private mutating func findFirstDelimiter(in content: Span<UInt8>) -> Delimiter? {
        if let first = findDelimiter(in: content, from: 0) { return first }
        guard acceptsHyphens else { return nil }
        let strict = delimiter
        delimiter.removeFirst(2)
        let first = findDelimiter(in: content, from: 0)
        isBoundaryWithHyphens = first != nil
        if first == nil { delimiter = strict }
        return first
    }

    private struct Delimiter {
        /// Where it begins, with the line end before it, which belongs to it.
        var start: Int
        /// Behind its line end.
        var end: Int
        /// Whether it is the last one, which ends in two hyphens.
        var isLast: Bool
    }

    private mutating func enter(_ delimiter: Delimiter?, of content: Span<UInt8>) {
        isOver = true
        guard let delimiter else { return }
        isOver = delimiter.isLast || delimiter.end == content.count
        position = delimiter.end
        if delimiter.isLast { epilogue = delimiter.end..<content.count }
    }

    /// The first delimiter that begins a line at or after `start`, where a line begins.
    private func findDelimiter(in content: Span<UInt8>, from start: Int) -> Delimiter? {
        var line = start
        while line < content.count {
            if content[line] == UInt8(ascii: "-"),
                content.extracting(line..<content.count).starts(with: delimiter),
                let found = delimiterLine(in: content, at: line, after: start)
            {
                return found
            }
            guard let feed = content.firstIndex(of: .lineFeed, from: line) else { return nil }
            line = feed + 1
        }
        return nil
    }

    /// The delimiter line at `line`; `nil` where the boundary is only the beginning of a longer one.
    private func delimiterLine(
        in content: Span<UInt8>,
        at line: Int,
        after start: Int
    ) -> Delimiter? {
        var index = line + delimiter.count
        let isLast = content.starts(with: "--", at: index)
        if isLast { index += 2 }
        while index < content.count, content[index].isBlank { index += 1 }
        if index < content.count, content[index] == .carriageReturn { index += 1 }
        if index < content.count {
            // Behind the last delimiter anything may stand.
            guard content[index] == .lineFeed || isLast else { return nil }
            if content[index] == .lineFeed { index += 1 }
        }
        var begin = line
        if begin > start { begin -= 1 }
        if begin > start, content[begin - 1] == .carriageReturn { begin -= 1 }
        return Delimiter(start: begin, end: index, isLast: isLast)
    }

    /// The field lines and the content of a part.
    private static func split(
        _ content: Span<UInt8>,
        _ part: Range<Int>
    ) -> (fields: Range<Int>, content: Range<Int>) {
        var line = part.lowerBound
        while line < part.upperBound {
            let feed = content.firstIndex(of: .lineFeed, from: line) ?? part.upperBound
            let end = min(feed, part.upperBound)
            let isBlank = end == line || end == line + 1 && content[line] == .carriageReturn
            if isBlank {
                return (part.lowerBound..<line, min(end + 1, part.upperBound)..<part.upperBound)
            }
            line = end + 1
        }
        return (part, part.upperBound..<part.upperBound)
    }
}

extension MultipartParts.Part {
    /// The value of the part's field of this name, without surrounding white space; `nil` where it
    /// has none.
    package func value(of name: StaticString, in content: Span<UInt8>) -> Range<Int>? {
        var line = fields.lowerBound
        while line < fields.upperBound {
            let feed = content.firstIndex(of: .lineFeed, from: line) ?? fields.upperBound
            let end = min(feed, fields.upperBound)
            if let colon = content.extracting(line..<end).firstIndex(of: .colon),
                content.extracting(content.trimmedRange(line..<line + colon))
                    .equalsIgnoringCase(name)
            {
                return content.trimmedRange(line + colon + 1..<end)
            }
            line = end + 1
        }
        return nil
    }
}
