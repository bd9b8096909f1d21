internal import Bytes
internal import Content

/// Content that is text, and JSON, line by line.
extension PairRenderer {
    /// How the bytes of a row are shown.
    enum RowStyle {
        /// Escaped as everything from the wire is, with the line end in sight.
        case wire
        /// The same, and every byte from 0x80 on as an escape.
        case highBytesEscaped
        /// JSON that was laid out: its backslashes are its own, and its line ends ours.
        case json
    }

    /// Bytes beyond a limit that tell whether a character is cut there.
    private static let charactersRest = 1

    /// Says by which charset text was read, where that is not plain to see; `isWhole` says whether a
    /// character that is not whole at its end is the sender's doing.
    func appendCharset(of text: DecodedText, isWhole: Bool, to buffer: inout OutputBuffer) {
        if case .other = text.charset {
            return appendWarning(to: &buffer) { buffer in
                buffer.append("charset ")
                buffer.append(string: text.charset.name)
                buffer.append(" is not known; bytes from 0x80 on are escaped")
            }
        }
        if text.isConverted {
            appendNote(to: &buffer) { buffer in
                buffer.append("Text in ")
                buffer.append(string: text.charset.name)
            }
        }
        let oddUnits = text.oddUnits + (isWhole && text.isConverted ? text.unfinishedBytes : 0)
        guard oddUnits > 0 else { return }
        appendWarning(to: &buffer) { buffer in
            buffer.append(grouped: oddUnits)
            buffer.append(oddUnits == 1 ? " byte or unit is not " : " bytes or units are not ")
            buffer.append(string: text.charset.name)
        }
    }

    func appendText(
        _ text: DecodedText,
        _ budget: inout ContentBudget,
        to buffer: inout OutputBuffer
    ) {
        let style = text.escapesHighBytes ? RowStyle.highBytesEscaped : .wire
        let shown = appendRows(text.bytes.span, style, &budget, to: &buffer)
        appendRest(text.bytes.count - shown, to: &buffer)
    }

    /// Appends JSON laid out, or as it is where it is none.
    func appendJSON(
        _ text: DecodedText,
        isWhole: Bool,
        _ budget: inout ContentBudget,
        to buffer: inout OutputBuffer
    ) {
        let limit = min(budget.bytes, decoder.limits.length, .max - Self.charactersRest)
        let layout = JSONTexts(text.bytes.span, limit: limit + Self.charactersRest)
        appendGuard(of: layout, in: text.bytes.span, to: &buffer)
        switch layout.outcome {
        case .complete where bodies == .all && layout.length > limit:
            appendNote(to: &buffer) { $0.append("too long to be laid out: --decoded-limit") }
            return appendText(text, &budget, to: &buffer)
        case .complete:
            if layout.count > 1 {
                appendNote(to: &buffer) { buffer in
                    buffer.append(grouped: layout.count)
                    buffer.append(" JSON texts, one behind the other")
                }
            }
        case .endsEarly where isWhole:
            appendWarning(to: &buffer) { $0.append("JSON ends too early") }
        case .endsEarly: break
        case .invalid(let offset):
            appendWarning(to: &buffer) { buffer in
                buffer.append("not JSON at byte ")
                buffer.append(grouped: offset)
                buffer.append(", shown as it is")
            }
            return appendText(text, &budget, to: &buffer)
        case .tooDeep:
            appendWarning(to: &buffer) { buffer in
                buffer.append("JSON nested more than ")
                buffer.append(JSONLayout.depthLimit)
                buffer.append(" deep, shown as it is")
            }
            return appendText(text, &budget, to: &buffer)
        }
        var share = budget
        share.bytes = limit
        let shown = appendRows(layout.text.span, .json, &share, to: &buffer)
        budget.use(rows: budget.rows - share.rows, bytes: shown)
        appendRest(layout.length - shown, to: &buffer)
    }

    /// Says what stands in front of JSON and is none.
    private func appendGuard(
        of layout: JSONTexts,
        in text: Span<UInt8>,
        to buffer: inout OutputBuffer
    ) {
        guard !layout.guardPrefix.isEmpty else { return }
        appendNote(to: &buffer) { buffer in
            buffer.append("in front of the JSON, against its use as a script: ")
            buffer.append(escaped: text.extracting(layout.guardPrefix))
        }
    }

    /// The most bytes of a line that are shown where not all is asked for.
    private static let lineLimit = 512

    /// Appends the first lines of `text`, as many as the budget has left, and answers how many
    /// bytes of them are shown: of what has no line ends only the beginning is.
    func appendRows(
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
}

extension Span<UInt8> {
    /// The last place up to `end` that cuts no character of UTF-8 in two; what is not UTF-8 may be
    /// cut anywhere.
    func endOfCharacter(atMost end: Int) -> Int {
        guard end < count else { return count }
        for start in stride(from: end, through: Swift.max(end - 3, 0), by: -1)
        where self[start] & 0xC0 != 0x80 {
            return start
        }
        return end
    }
}
