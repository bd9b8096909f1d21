internal import Bytes
internal import Content

/// Writes the parts of multipart content.
struct MultipartWriter: Sendable {
    /// How many multipart contents within each other are taken apart.
    private static let depthLimit = 3
    /// Rows that are shown of one part, unless all is asked for.
    private static let rowsOfPart = 10

    /// Writes the content of each part.
    let content: ReadableContentWriter

    private var notes: NoteWriter { content.notes }
    private var rows: RowWriter { content.rows }

    /// Appends the parts of multipart content, each with field lines and content.
    ///
    /// `isWhole` says whether all content is there; `depth` counts the multipart contents around.
    func append(
        _ content: ReadableContent,
        _ boundary: [UInt8],
        isWhole: Bool,
        depth: Int,
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
            if count == 1 { append(beginningOf: parts, to: &buffer) }
            guard !budget.isUsedUp, depth < Self.depthLimit else {
                hidden += 1
                continue
            }
            append(part, number: count, of: bytes, isWhole, depth, &budget, to: &buffer)
        }
        if count == 0 { return appendWithoutParts(bytes, &budget, to: &buffer) }
        notes.append(hidden: hidden, "part", showsAll: self.content.showsAll, to: &buffer)
        if let epilogue = parts.epilogue, !epilogue.isEmpty {
            append(aside: epilogue.count, "behind the last part", to: &buffer)
        }
        if isWhole, !isDelimited || parts.epilogue == nil {
            notes.append(warningTo: &buffer) { $0.append("the last boundary is missing") }
        }
    }

    /// Appends the remarks in front of the first part.
    private func append(beginningOf parts: MultipartParts, to buffer: inout OutputBuffer) {
        if parts.isBoundaryWithHyphens {
            notes.append(to: &buffer) { buffer in
                buffer.append("the boundary parameter has the two hyphens of the lines already")
                buffer.append(" (RFC 2046 §5.1.1)")
            }
        }
        if !parts.preamble.isEmpty {
            append(aside: parts.preamble.count, "before the first part", to: &buffer)
        }
    }

    /// Appends content that is said to be multipart and has no part.
    private func appendWithoutParts(
        _ bytes: Span<UInt8>,
        _ budget: inout ContentBudget,
        to buffer: inout OutputBuffer
    ) {
        notes.append(warningTo: &buffer) { $0.append("no line is the boundary, shown as it is") }
        if bytes.looksLikeText {
            let shown = rows.append(bytes, .wire, &budget, to: &buffer)
            rows.append(rest: bytes.count - shown, to: &buffer)
        } else {
            rows.append(hexadecimal: bytes, limit: budget.glimpse, to: &buffer)
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
            decoder: self.content.decoder
        )
        notes.append(to: &buffer) { buffer in
            buffer.append("Part ")
            buffer.append(grouped: number)
            buffer.append(": ")
            buffer.append(grouped: part.content.count)
            buffer.append(part.content.count == 1 ? " byte" : " bytes")
            if !part.content.isEmpty { self.content.append(kindOf: content, to: &buffer) }
        }
        var share = budget
        share.rows = min(budget.rows, self.content.showsAll ? .max : Self.rowsOfPart)
        let before = share
        let shown = rows.append(bytes.extracting(part.fields), .wire, &share, to: &buffer)
        rows.append(rest: part.fields.count - shown, to: &buffer)
        self.content.append(
            content,
            isWhole: isWhole && part.isDelimited,
            depth: depth + 1,
            &share,
            to: &buffer
        )
        budget.use(rows: before.rows - share.rows + 1, bytes: before.bytes - share.bytes)
    }

    private func append(
        aside count: Int,
        _ place: StaticString,
        to buffer: inout OutputBuffer
    ) {
        notes.append(to: &buffer) { buffer in
            buffer.append(grouped: count)
            buffer.append(count == 1 ? " byte " : " bytes ")
            buffer.append(place)
        }
    }
}
