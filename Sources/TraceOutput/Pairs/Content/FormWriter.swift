internal import Bytes
internal import Content

/// Writes the items of a form.
struct FormWriter: Sendable {
    let notes: NoteWriter
    /// Whether all content is asked for, however long.
    let showsAll: Bool

    /// Appends the items of a form, as Wireshark names them.
    func append(
        _ text: DecodedText,
        _ budget: inout ContentBudget,
        to buffer: inout OutputBuffer
    ) {
        let content = text.bytes.span
        var items = FormItems()
        var hidden = 0
        var invalid = 0
        while let item = items.next(in: content) {
            guard !budget.isUsedUp else {
                hidden += 1
                continue
            }
            buffer.append("        Form item: ")
            invalid += append(encoded: content.extracting(item.name), &budget, to: &buffer)
            if let value = item.value {
                buffer.append(" = ")
                invalid += append(encoded: content.extracting(value), &budget, to: &buffer)
            }
            buffer.append("\n")
            budget.use(rows: 1, bytes: 0)
        }
        if invalid > 0 {
            notes.append(warningTo: &buffer) { buffer in
                buffer.append(grouped: invalid)
                buffer.append(invalid == 1 ? " percent sign" : " percent signs")
                buffer.append(" without two hexadecimal digits")
            }
        }
        notes.append(hidden: hidden, "item", showsAll: showsAll, to: &buffer)
    }

    /// Appends a name or a value between quotes; answers how many of the escapes are invalid.
    private func append(
        encoded text: Span<UInt8>,
        _ budget: inout ContentBudget,
        to buffer: inout OutputBuffer
    ) -> Int {
        let (bytes, invalid) = FormItems.decode(text)
        let end = bytes.span.endOfCharacter(atMost: max(budget.bytes, 0))
        budget.use(rows: 0, bytes: bytes.count)
        buffer.append("\"")
        buffer.append(escaped: bytes.span.extracting(0..<end))
        buffer.append("\"")
        if end < bytes.count {
            buffer.append(" [and ")
            buffer.append(grouped: bytes.count - end)
            buffer.append(" more bytes]")
        }
        return invalid
    }
}
