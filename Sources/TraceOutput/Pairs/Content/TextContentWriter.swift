internal import Bytes
internal import Content

/// Writes content that is text, and JSON, line by line.
struct TextContentWriter: Sendable {
    /// Bytes beyond a limit that tell whether a character is cut there.
    private static let charactersRest = 1

    let rows: RowWriter
    /// The most bytes to which JSON is laid out.
    let lengthLimit: Int
    /// Whether all content is asked for, however long.
    let showsAll: Bool

    private var notes: NoteWriter { rows.notes }

    /// Appends by which charset text was read, where that is not plain to see; `isWhole` says
    /// whether the sender is to blame for half a character at the end.
    func append(charsetOf text: DecodedText, isWhole: Bool, to buffer: inout OutputBuffer) {
        if case .other = text.charset {
            return notes.append(warningTo: &buffer) { buffer in
                buffer.append("charset ")
                buffer.append(string: text.charset.name)
                buffer.append(" is not known; bytes from 0x80 on are escaped")
            }
        }
        if text.isConverted {
            notes.append(to: &buffer) { buffer in
                buffer.append("Text in ")
                buffer.append(string: text.charset.name)
            }
        }
        let oddUnits = text.oddUnits + (isWhole && text.isConverted ? text.unfinishedBytes : 0)
        guard oddUnits > 0 else { return }
        notes.append(warningTo: &buffer) { buffer in
            buffer.append(grouped: oddUnits)
            buffer.append(oddUnits == 1 ? " byte or unit is not " : " bytes or units are not ")
            buffer.append(string: text.charset.name)
        }
    }

    /// Appends text as sent, line by line.
    func append(
        _ text: DecodedText,
        _ budget: inout ContentBudget,
        to buffer: inout OutputBuffer
    ) {
        let style = text.escapesHighBytes ? RowWriter.RowStyle.highBytesEscaped : .wire
        let shown = rows.append(text.bytes.span, style, &budget, to: &buffer)
        rows.append(rest: text.bytes.count - shown, to: &buffer)
    }

    /// Appends JSON laid out, or as sent where the text is no JSON.
    func append(
        json text: DecodedText,
        isWhole: Bool,
        _ budget: inout ContentBudget,
        to buffer: inout OutputBuffer
    ) {
        let limit = min(budget.bytes, lengthLimit, .max - Self.charactersRest)
        let layout = JSONTexts(text.bytes.span, limit: limit + Self.charactersRest)
        append(guardOf: layout, in: text.bytes.span, to: &buffer)
        switch layout.outcome {
        case .complete where showsAll && layout.length > limit:
            notes.append(to: &buffer) { $0.append("too long to be laid out: --decoded-limit") }
            return append(text, &budget, to: &buffer)
        case .complete:
            if layout.count > 1 {
                notes.append(to: &buffer) { buffer in
                    buffer.append(grouped: layout.count)
                    buffer.append(" JSON texts, one behind the other")
                }
            }
        case .endsEarly where isWhole:
            notes.append(warningTo: &buffer) { $0.append("JSON ends too early") }
        case .endsEarly: break
        case .invalid(let offset):
            notes.append(warningTo: &buffer) { buffer in
                buffer.append("not JSON at byte ")
                buffer.append(grouped: offset)
                buffer.append(", shown as it is")
            }
            return append(text, &budget, to: &buffer)
        case .tooDeep:
            notes.append(warningTo: &buffer) { buffer in
                buffer.append("JSON nested more than ")
                buffer.append(JSONLayout.depthLimit)
                buffer.append(" deep, shown as it is")
            }
            return append(text, &budget, to: &buffer)
        }
        var share = budget
        share.bytes = limit
        let shown = rows.append(layout.text.span, .json, &share, to: &buffer)
        budget.use(rows: budget.rows - share.rows, bytes: shown)
        rows.append(rest: layout.length - shown, to: &buffer)
    }

    /// Appends the prefix in front of JSON that is no JSON.
    private func append(
        guardOf layout: JSONTexts,
        in text: Span<UInt8>,
        to buffer: inout OutputBuffer
    ) {
        guard !layout.guardPrefix.isEmpty else { return }
        notes.append(to: &buffer) { buffer in
            buffer.append("in front of the JSON, against its use as a script: ")
            buffer.append(escaped: text.extracting(layout.guardPrefix))
        }
    }
}
