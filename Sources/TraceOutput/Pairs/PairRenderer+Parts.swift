internal import Bytes
internal import Content

/// Content that has parts: forms and multipart.
extension PairRenderer {
    /// How many multipart contents within each other are taken apart.
    private static let depthLimit = 3
    /// Of the part of a multipart content, unless all is asked for.
    private static let rowsOfPart = 10

    /// Appends the items of a form, as Wireshark names them.
    func appendForm(
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
            appendWarning(to: &buffer) { buffer in
                buffer.append(grouped: invalid)
                buffer.append(invalid == 1 ? " percent sign" : " percent signs")
                buffer.append(" without two hexadecimal digits")
            }
        }
        appendHidden(hidden, "item", to: &buffer)
    }

    /// Appends a name or a value between quotes; answers how many escapes in it are invalid.
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

    /// Appends the parts of multipart content, each with its field lines.
    func appendParts(
        of content: ReadableContent,
        _ boundary: [UInt8],
        _ isWhole: Bool,
        _ depth: Int,
        _ budget: inout ContentBudget,
        to buffer: inout OutputBuffer
    ) {
        let bytes = content.decoded.bytes.span
        var parts = MultipartParts(boundary: boundary, acceptsHyphens: true)
        var count = 0
        var hidden = 0
        var isDelimited = true
        while let part = parts.next(in: bytes) {
            count += 1
            isDelimited = part.isDelimited
            if count == 1 { appendBeginning(of: parts, to: &buffer) }
            guard !budget.isUsedUp, depth < Self.depthLimit else {
                hidden += 1
                continue
            }
            append(part, number: count, of: bytes, isWhole, depth, &budget, to: &buffer)
        }
        if count == 0 { return appendWithoutParts(bytes, &budget, to: &buffer) }
        appendHidden(hidden, "part", to: &buffer)
        if let epilogue = parts.epilogue, !epilogue.isEmpty {
            appendAside(epilogue.count, "behind the last part", to: &buffer)
        }
        if isWhole, !isDelimited || parts.epilogue == nil {
            appendWarning(to: &buffer) { $0.append("the last boundary is missing") }
        }
    }

    /// Appends what is to be said in front of the first part.
    private func appendBeginning(of parts: MultipartParts, to buffer: inout OutputBuffer) {
        if parts.isBoundaryWithHyphens {
            appendNote(to: &buffer) { buffer in
                buffer.append("the boundary parameter has the two hyphens of the lines already")
                buffer.append(" (RFC 2046 §5.1.1)")
            }
        }
        if !parts.preamble.isEmpty {
            appendAside(parts.preamble.count, "before the first part", to: &buffer)
        }
    }

    /// Appends what is said to be multipart and is not.
    private func appendWithoutParts(
        _ bytes: Span<UInt8>,
        _ budget: inout ContentBudget,
        to buffer: inout OutputBuffer
    ) {
        appendWarning(to: &buffer) { $0.append("no line is the boundary, shown as it is") }
        if bytes.looksLikeText {
            let shown = appendRows(bytes, .wire, &budget, to: &buffer)
            appendRest(bytes.count - shown, to: &buffer)
        } else {
            appendHexadecimal(bytes, limit: budget.glimpse, to: &buffer)
        }
    }

    private func append(
        _ part: MultipartParts.Part,
        number: Int,
        of bytes: Span<UInt8>,
        _ isWhole: Bool,
        _ depth: Int,
        _ budget: inout ContentBudget,
        to buffer: inout OutputBuffer
    ) {
        var description = ContentDescription()
        if let type = part.value(of: "Content-Type", in: bytes) {
            description.note(name: "Content-Type".utf8.span, value: bytes.extracting(type))
        }
        let content = ReadableContent(
            [UInt8](copying: bytes.extracting(part.content)),
            description,
            decoder: decoder
        )
        appendNote(to: &buffer) { buffer in
            buffer.append("Part ")
            buffer.append(grouped: number)
            buffer.append(": ")
            buffer.append(grouped: part.content.count)
            buffer.append(part.content.count == 1 ? " byte" : " bytes")
            if !part.content.isEmpty { appendKind(of: content, to: &buffer) }
        }
        var share = budget
        share.rows = min(budget.rows, bodies == .all ? .max : Self.rowsOfPart)
        let before = share
        let shown = appendRows(bytes.extracting(part.fields), .wire, &share, to: &buffer)
        appendRest(part.fields.count - shown, to: &buffer)
        append(
            content,
            isWhole: isWhole && part.isDelimited,
            depth: depth + 1,
            &share,
            to: &buffer
        )
        budget.use(rows: before.rows - share.rows + 1, bytes: before.bytes - share.bytes)
    }

    private func appendAside(
        _ count: Int,
        _ place: StaticString,
        to buffer: inout OutputBuffer
    ) {
        appendNote(to: &buffer) { buffer in
            buffer.append(grouped: count)
            buffer.append(count == 1 ? " byte " : " bytes ")
            buffer.append(place)
        }
    }

    private func appendHidden(_ count: Int, _ what: StaticString, to buffer: inout OutputBuffer) {
        guard count > 0 else { return }
        appendNote(to: &buffer) { buffer in
            buffer.append(grouped: count)
            buffer.append(" more ")
            buffer.append(what)
            buffer.append(count == 1 ? " not shown" : "s not shown")
            if bodies != .all { buffer.append("; --bodies all shows them") }
        }
    }
}
