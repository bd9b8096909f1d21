internal import Bytes

/// Puts the rows of a list together: fits cells of any length into the width of the terminal.
///
/// Rows are rendered on the threads that read streams, and numbered where they are put in order:
/// only then is known how much room the number leaves. Until then a row is cells, with a separator
/// behind each but the last, which is finished; the separator is a control character, and no cell
/// has any.
struct ListRows: Sendable {
    /// The byte behind a cell.
    static let separator: UInt8 = 0x1F

    private var style: Style
    private let layout: ListLayout
    private let display: TimeDisplay
    private var timestamps: TimestampText
    /// The date and the zone of the row before.
    private var day: [UInt8] = []

    init(style: Style, layout: ListLayout, display: TimeDisplay) {
        self.style = style
        self.layout = layout
        self.display = display
        timestamps = TimestampText(display)
    }

    /// Appends the row of the cells in `open` of an exchange that has no number yet; no other row's
    /// time depends on this row.
    mutating func append(pending open: Span<UInt8>, to buffer: inout OutputBuffer) {
        let (tones, reference) = (style, timestamps)
        let end = open.firstIndex(of: Self.separator) ?? open.count
        append(day: open.extracting(0..<end), to: &buffer)
        tones.begin(.faint, in: &buffer)
        style = Style(usesColor: false)
        append(number: nil, open, to: &buffer)
        (style, timestamps) = (tones, reference)
        tones.end(.faint, in: &buffer)
    }

    /// Appends the row of the cells in `open`, behind the number where there is one.
    mutating func append(number: Int?, _ open: Span<UInt8>, to buffer: inout OutputBuffer) {
        var end = 0
        func cell() -> Range<Int> {
            let start = end
            let next = open.firstIndex(of: Self.separator, from: start) ?? open.count
            end = min(next + 1, open.count)
            return start..<next
        }
        append(day: open.extracting(cell()), to: &buffer)
        let shownTime = time(of: open.extracting(cell()))
        let time = shownTime.span
        let endpoints = open.extracting(cell())
        let method = open.extracting(cell())
        let target = open.extracting(cell())
        var room = Room(target: layout.target, isLimited: layout.isCut)
        let digits = number.map { decimalDigits(of: $0) } ?? 0
        room.take(digits - layout.number)
        if layout.time > 0 { room.take(time.cellWidth - layout.time) }
        room.spare = room.target - target.cellWidth
        let endpointsWidth = room.width(for: endpoints, in: layout.endpoints)
        let methodWidth = room.width(for: method, in: layout.method)

        buffer.append(.space, times: layout.number - digits)
        if let number { buffer.append(number) }
        buffer.append(.space)
        if layout.time > 0 {
            buffer.append(.space, times: display.dependsOnOrder ? layout.time - time.count : 0)
            append(time, display.dependsOnOrder ? 0 : layout.time, to: &buffer)
        }
        if layout.endpoints > 0 { append(endpoints: endpoints, endpointsWidth, to: &buffer) }
        style.begin(.method, in: &buffer)
        append(method, methodWidth, isCut: layout.isCut, to: &buffer)
        style.end(.method, in: &buffer)
        append(target, room.target, isCut: layout.isCut, to: &buffer)
        buffer.append(open.extracting(end..<open.count))
    }

    /// Appends a line where the date or the offset from UTC is another than before.
    private mutating func append(day new: Span<UInt8>, to buffer: inout OutputBuffer) {
        guard !new.isEmpty, layout.time > 0, !isOfSameDay(new) else { return }
        day = [UInt8](copying: new)
        buffer.append(.space, times: layout.number + 1)
        style.begin(.faint, in: &buffer)
        buffer.append(new)
        style.end(.faint, in: &buffer)
        buffer.append("\n")
    }

    private func isOfSameDay(_ other: Span<UInt8>) -> Bool {
        other.count == day.count && day.indices.allSatisfy { other[$0] == day[$0] }
    }

    /// The text of a time, which may depend on those before.
    private mutating func time(of cell: Span<UInt8>) -> [UInt8] {
        let text = [UInt8](copying: cell)
        guard display.dependsOnOrder,
            let time = Int64(String(decoding: text, as: UTF8.self))
        else { return text }
        var shown = OutputBuffer(capacity: 64)
        let passed = timestamps.sinceReference(time)
        TimestampText.append(seconds: passed, digits: max(layout.digits, 3), to: &shown)
        return shown.withBytes { [UInt8](copying: $0) }
    }

    /// The room that the target has, and gives to cells too long for their own columns.
    private struct Room {
        var target: Int
        let isLimited: Bool
        /// Columns that the target does not need.
        var spare = 0

        init(target: Int, isLimited: Bool) {
            self.target = target
            self.isLimited = isLimited
        }

        /// Gives away `cells`, needed by the target or not.
        mutating func take(_ cells: Int) {
            if isLimited, cells > 0 { target = max(target - cells, 1) }
        }

        /// The width for `text` in a column of `width`: wider where the target can spare the room.
        mutating func width(for text: Span<UInt8>, in width: Int) -> Int {
            guard isLimited, width > 0, spare > 0 else { return width }
            let more = min(max(text.cellWidth - width, 0), spare)
            spare -= more
            target -= more
            return width + more
        }
    }

    /// Appends `text` in `width` columns and a space behind them.
    private func append(
        _ text: Span<UInt8>,
        _ width: Int,
        isCut: Bool = false,
        to buffer: inout OutputBuffer
    ) {
        let padding = width - text.cellWidth
        if padding >= 0 || !isCut {
            buffer.append(text)
            buffer.append(.space, times: max(padding, 0))
        } else {
            let cut = String(copying: text).cut(toCells: width)
            buffer.append(string: cut)
            // A wide character may have left half of its place.
            buffer.append(.space, times: width - cut.cellWidth)
        }
        buffer.append(.space)
    }

    /// Appends both endpoints, each of which keeps both ends where there is too little room.
    private func append(
        endpoints text: Span<UInt8>,
        _ width: Int,
        to buffer: inout OutputBuffer
    ) {
        guard layout.isCut, text.cellWidth > width else {
            return append(text, width, to: &buffer)
        }
        let ends = String(copying: text).split(separator: "→", maxSplits: 1).map {
            String($0).trimmingBlanks
        }
        guard ends.count == 2 else { return append(text, width, isCut: true, to: &buffer) }
        let gap = layout.showsClientAddress ? " " : ""
        let room = width - 1 - 2 * gap.count
        let left = max(room / 2, room - ends[1].cellWidth)
        let client = ends[0].cut(toCells: left)
        let server = ends[1].cut(toCells: room - client.cellWidth)
        buffer.append(string: "\(client)\(gap)→\(gap)\(server)")
        buffer.append(.space, times: room - client.cellWidth - server.cellWidth + 1)
    }
}

extension String {
    fileprivate init(copying bytes: Span<UInt8>) {
        self.init(decoding: [UInt8](copying: bytes), as: UTF8.self)
    }

    fileprivate var trimmingBlanks: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

/// How many decimal digits a positive number has.
private func decimalDigits(of number: Int) -> Int {
    var (digits, rest) = (1, number / 10)
    while rest > 0 { (digits, rest) = (digits + 1, rest / 10) }
    return digits
}
