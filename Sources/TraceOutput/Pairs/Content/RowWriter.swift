internal import Bytes

/// Writes rows of content, indented below the message: lines of text, or hexadecimal digits.
struct RowWriter: Sendable {
    /// How the bytes of a row are shown.
    enum RowStyle {
        /// Escaped as everything from the wire is, with the line end in sight.
        case wire
        /// The same, and every byte from 0x80 on as an escape.
        case highBytesEscaped
        /// JSON that was laid out: the backslashes are JSON's own, and the line ends ours.
        case json
    }

    /// The most bytes of a line that are shown where not all is asked for.
    private static let lineLimit = 512

    let notes: NoteWriter

    /// Appends the first lines of `text`, as many as the budget has left, and answers how many
    /// bytes of them are shown: of text without line ends only the beginning is.
    func append(
        _ text: Span<UInt8>,
        _ style: RowStyle,
        _ budget: inout ContentBudget,
        to buffer: inout OutputBuffer
    ) -> Int {
        let lineLimit = budget.rows == .max ? .max : Self.lineLimit
        var end = 0
        var rows = 0
        while rows < budget.rows, end < text.count {
            end = text.firstIndex(of: .lineFeed, from: end).map { $0 + 1 } ?? text.count
            rows += 1
        }
        end = text.endOfCharacter(atMost: min(end, max(budget.bytes, 0)))
        budget.use(rows: rows, bytes: end)
        var (start, hidden) = (0, 0)
        while start < end {
            let feed = text.firstIndex(of: .lineFeed, from: start)
            let next = min(feed.map { $0 + 1 } ?? end, end)
            let isLong = next - start > lineLimit
            let cut = isLong ? text.endOfCharacter(atMost: start + lineLimit) : next
            buffer.append(.space, times: 8)
            append(text.extracting(start..<cut), style, to: &buffer)
            if isLong { buffer.append("…") }
            buffer.append("\n")
            hidden += next - cut
            start = next
        }
        return end - hidden
    }

    private func append(_ row: Span<UInt8>, _ style: RowStyle, to buffer: inout OutputBuffer) {
        switch style {
        case .wire: buffer.append(escaped: row)
        case .highBytesEscaped: buffer.append(escapedASCII: row)
        case .json:
            let end = row.firstIndex(of: .lineFeed) ?? row.count
            buffer.append(escapedJSON: row.extracting(0..<end))
        }
    }

    /// Appends the first bytes in hexadecimal, at most `limit`, and how many more there are.
    func append(hexadecimal bytes: Span<UInt8>, limit: Int, to buffer: inout OutputBuffer) {
        let end = min(bytes.count, limit)
        buffer.append(hexadecimal: bytes.extracting(0..<end), indent: 8)
        append(rest: bytes.count - end, to: &buffer)
    }

    /// Appends how many bytes are there beyond those asked for.
    func append(rest count: Int, to buffer: inout OutputBuffer) {
        guard count > 0 else { return }
        notes.append(to: &buffer) { buffer in
            buffer.append(grouped: count)
            buffer.append(" more bytes not shown; --bodies all shows them")
        }
    }
}

extension Span<UInt8> {
    /// The last place up to `end` that cuts no character of UTF-8 in two; other bytes may be cut
    /// anywhere.
    func endOfCharacter(atMost end: Int) -> Int {
        guard end < count else { return count }
        for start in stride(from: end, through: Swift.max(end - 3, 0), by: -1)
        where self[start] & 0xC0 != 0x80 {
            return start
        }
        return end
    }
}
