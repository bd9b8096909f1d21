internal import Content

/// Writes decoded content by kind: JSON, a form, the parts of multipart, text, or other bytes.
struct ReadableContentWriter: Sendable {
    let rows: RowWriter
    /// Removes the codings of the parts of multipart content.
    let decoder: ContentDecoder
    /// Whether all content is asked for, however long.
    let showsAll: Bool

    var notes: NoteWriter { rows.notes }

    private var texts: TextContentWriter {
        TextContentWriter(rows: rows, lengthLimit: decoder.limits.length, showsAll: showsAll)
    }

    /// Appends the kind of the content where the lines below do not show the kind.
    func append(kindOf content: ReadableContent, to buffer: inout OutputBuffer) {
        switch content.kind {
        case .json: buffer.append(", JSON")
        case .form: buffer.append(", form")
        case .multipart: buffer.append(", multipart")
        case .text, .unknown: break
        case .binary:
            buffer.append(", ")
            // The essence is escaped already.
            buffer.append(string: content.essence ?? "not text")
            if content.isUndeclared, content.essence != nil {
                buffer.append(" by its first bytes")
            }
        }
    }

    /// Appends content in the way that suits the kind.
    ///
    /// `isWhole` says whether all content is there, as far as sender and framing tell; `depth`
    /// counts the multipart contents around.
    func append(
        _ content: ReadableContent,
        isWhole: Bool,
        depth: Int = 0,
        _ budget: inout ContentBudget,
        to buffer: inout OutputBuffer
    ) {
        if content.kind == .multipart, let boundary = content.boundary {
            return MultipartWriter(content: self).append(
                content,
                boundary,
                isWhole: isWhole,
                depth: depth,
                &budget,
                to: &buffer
            )
        }
        guard let text = content.text else {
            let end = min(content.decoded.bytes.count, budget.glimpse)
            budget.use(rows: (end + 15) / 16, bytes: 0)
            return rows.append(
                hexadecimal: content.decoded.bytes.span,
                limit: end,
                to: &buffer
            )
        }
        texts.append(charsetOf: text, isWhole: isWhole, to: &buffer)
        switch content.kind {
        case .json: texts.append(json: text, isWhole: isWhole, &budget, to: &buffer)
        case .form: FormWriter(notes: notes, showsAll: showsAll).append(text, &budget, to: &buffer)
        case .multipart:
            notes.append(warningTo: &buffer) { buffer in
                buffer.append("no boundary in the Content-Type, shown as it is")
            }
            texts.append(text, &budget, to: &buffer)
        case .text, .binary, .unknown: texts.append(text, &budget, to: &buffer)
        }
    }
}
