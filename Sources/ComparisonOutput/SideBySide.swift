internal import Bytes
package import TraceOutput

/// Two columns of text side by side, fit to the width of the terminal: what is too long for its
/// column goes on below, so that nothing is lost.
package struct SideBySide {
    /// One row: what stands on either side, and beside them.
    package struct Row {
        /// How the sides compare: a blank, `≠`, `-` or `+`.
        package var mark = " "
        package var markTone = Tone.plain
        /// The row's number on the left side, such as the line of a file.
        package var number = ""
        package var left = ""
        package var leftTone = Tone.plain
        package var right = ""
        package var rightTone = Tone.plain
        /// Where it is in the capture.
        package var note = ""

        package init() {}
    }

    private let width: Int
    private let style: Style
    private var rows: [Row] = []

    package init(options: OutputOptions) {
        width = max(options.width, 40)
        style = Style(usesColor: options.usesColor)
    }

    /// Whether there is nothing to show.
    package var isEmpty: Bool { rows.isEmpty }

    package mutating func add(_ row: Row) { rows.append(row) }

    /// Appends the rows below their headings.
    package func render(
        _ heading: Row,
        into buffer: inout OutputBuffer
    ) {
        let layout = Layout([heading] + rows, width: width)
        append(heading, layout, to: &buffer)
        style.begin(.faint, in: &buffer)
        let before = layout.number + (layout.number > 0 ? 3 : 2) + layout.left + 1
        for _ in 0..<before { buffer.append("─") }
        buffer.append("┼")
        for _ in 0..<layout.right + 1 { buffer.append("─") }
        if layout.note > 0 { for _ in 0..<layout.note + 2 { buffer.append("─") } }
        style.end(.faint, in: &buffer)
        buffer.append("\n")
        for row in rows { append(row, layout, to: &buffer) }
    }

    private func append(_ row: Row, _ layout: Layout, to buffer: inout OutputBuffer) {
        let left = Self.wrap(row.left, layout.left)
        let right = Self.wrap(row.right, layout.right)
        for index in 0..<max(left.count, right.count, 1) {
            let isFirst = index == 0
            append(isFirst ? row.mark : "", 2, row.markTone, to: &buffer)
            if layout.number > 0 {
                let number = isFirst ? row.number : ""
                buffer.append(0x20, times: layout.number - number.cellWidth)
                append(number, 0, .faint, to: &buffer)
                buffer.append(" ")
            }
            append(index < left.count ? left[index] : "", layout.left, row.leftTone, to: &buffer)
            style.write(" │", .faint, to: &buffer)
            let cell = index < right.count ? right[index] : ""
            let note = isFirst && layout.note > 0 ? row.note : ""
            if !cell.isEmpty || !note.isEmpty { buffer.append(" ") }
            append(cell, note.isEmpty ? 0 : layout.right, row.rightTone, to: &buffer)
            if !note.isEmpty {
                buffer.append("  ")
                style.write(string: note, .faint, to: &buffer)
            }
            buffer.append("\n")
        }
    }

    private func append(
        _ text: String,
        _ width: Int,
        _ tone: Tone,
        to buffer: inout OutputBuffer
    ) {
        let isBlank = text.utf8.allSatisfy { $0 == 0x20 }
        style.write(string: text, isBlank ? .plain : tone, to: &buffer)
        buffer.append(0x20, times: width - text.cellWidth)
    }

    /// `text` in lines of at most `width` columns, broken between words where there are any; what
    /// goes on is indented as its first line is, and by two more.
    private static func wrap(_ text: String, _ width: Int) -> [String] {
        var rest = text[...]
        guard rest.cellWidth > width else { return [text] }
        let indent = min(rest.prefix { $0 == " " }.count + 2, width / 2)
        var lines: [String] = []
        while !rest.isEmpty {
            let room = lines.isEmpty ? width : width - indent
            let end = rest.cellWidth <= room ? rest.endIndex : breakPoint(in: rest, room)
            let margin = String(repeating: " ", count: lines.isEmpty ? 0 : indent)
            lines.append(margin + rest[..<end])
            rest = rest[end...].drop { $0 == " " }
        }
        return lines
    }

    /// Where to break what has more than `room` columns: before a blank, else behind a character
    /// that parts words, unless that leaves half of the line empty.
    private static func breakPoint(in text: Substring, _ room: Int) -> String.Index {
        let line = text.prefix(cells: room)
        let half = text.prefix(cells: room / 2).endIndex
        // A character wider than the line stands alone in it.
        guard !line.isEmpty else { return text.index(after: text.startIndex) }
        if text[line.endIndex] == " " { return line.endIndex }
        if let blank = line.lastIndex(of: " "), blank > half { return blank }
        let parting = line.lastIndex { ["-", "/", "&", "?", ",", ";"].contains($0) }
        if let parting, parting >= half { return line.index(after: parting) }
        return line.endIndex
    }
}

/// How wide the columns are.
private struct Layout {
    var number: Int
    var left: Int
    var right: Int
    var note: Int

    /// The fewest columns that both sides have together.
    private static let leastRoom = 24

    /// As wide as the longest text, or as there is room for; what one side does not need, the
    /// other has.
    init(_ rows: [SideBySide.Row], width: Int) {
        func longest(_ text: KeyPath<SideBySide.Row, String>) -> Int {
            rows.map { $0[keyPath: text].cellWidth }.max() ?? 0
        }
        number = longest(\.number)
        note = longest(\.note)
        let marks = 2 + (number > 0 ? number + 1 : 0) + 3
        // On a terminal this narrow what is compared matters more than where it is.
        if width - marks - note - 2 < Self.leastRoom { note = 0 }
        let room = max(width - marks - (note > 0 ? note + 2 : 0), Self.leastRoom)
        (left, right) = (longest(\.left), longest(\.right))
        guard left + right > room else { return }
        if left <= room / 2 {
            right = room - left
        } else if right <= room / 2 {
            left = room - right
        } else {
            left = room / 2
            right = room - left
        }
    }
}
