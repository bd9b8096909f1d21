/// Writes lines in brackets about content, between the lines of the content.
struct NoteWriter: Sendable {
    let style: Style

    /// Appends a line in brackets.
    func append(to buffer: inout OutputBuffer, _ body: (inout OutputBuffer) -> Void) {
        appendBracketed(.faint, to: &buffer, body)
    }

    /// Appends a line in brackets about something amiss.
    func append(warningTo buffer: inout OutputBuffer, _ body: (inout OutputBuffer) -> Void) {
        appendBracketed(.warning, to: &buffer, body)
    }

    /// Appends how many items or parts of `name` are not shown, if any; `showsAll` says whether all
    /// content was asked for.
    func append(
        hidden count: Int,
        _ name: StaticString,
        showsAll: Bool,
        to buffer: inout OutputBuffer
    ) {
        guard count > 0 else { return }
        append(to: &buffer) { buffer in
            buffer.append(grouped: count)
            buffer.append(" more ")
            buffer.append(name)
            buffer.append(count == 1 ? " not shown" : "s not shown")
            if !showsAll { buffer.append("; --bodies all shows them") }
        }
    }

    private func appendBracketed(
        _ tone: Tone,
        to buffer: inout OutputBuffer,
        _ body: (inout OutputBuffer) -> Void
    ) {
        buffer.append("        ")
        style.begin(tone, in: &buffer)
        buffer.append("[")
        body(&buffer)
        buffer.append("]")
        style.end(tone, in: &buffer)
        buffer.append("\n")
    }
}
