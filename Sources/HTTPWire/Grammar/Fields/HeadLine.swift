import Bytes

/// The kind of a line, as far as that tells whether there is a header section.
enum HeadLine {
    case unfinished, blank, field, other

    init(lastOf lines: Span<UInt8>) {
        guard lines[lines.count - 1] == .lineFeed else {
            self = .unfinished
            return
        }
        var start = lines.count - 1
        while start > 0, lines[start - 1] != .lineFeed { start -= 1 }
        let line = lines.extracting(start...)
        if line.contentEnd == 0 {
            self = .blank
        } else if line[0].isBlank {
            self = start > 0 ? .field : .other
        } else {
            var end = 0
            while end < line.count, line[end].isToken { end += 1 }
            self = end > 0 && end < line.count && line[end] == .colon ? .field : .other
        }
    }
}
