package import Trace
package import TraceComparison
package import TraceOutput

/// Writes two traces side by side, as far as they differ.
package struct PairingRenderer {
    /// How many exchanges that are the same stand around those that are not.
    private static let context = 2

    private let options: OutputOptions
    private let style: Style
    private let names: (first: String, second: String)
    /// Whether exchanges that are the same are all shown.
    private let showsAll: Bool

    /// Creates a renderer.
    ///
    /// - Parameters:
    ///   - options: width and colour.
    ///   - first: the name of the first trace.
    ///   - second: the name of the second.
    ///   - showsAll: whether exchanges that are the same are all shown.
    package init(
        options: OutputOptions = OutputOptions(),
        first: String,
        second: String,
        showsAll: Bool = false
    ) {
        self.options = options
        self.showsAll = showsAll
        style = Style(usesColor: options.usesColor)
        names = (first, second)
    }

    /// Appends what differs between two traces, and a sentence that sums it up.
    ///
    /// - Parameters:
    ///   - pairing: what was compared.
    ///   - first: the exchanges of the first trace.
    ///   - second: those of the second.
    ///   - buffer: gets the text.
    package func render(
        _ pairing: TracePairing,
        _ first: [Exchange],
        _ second: [Exchange],
        into buffer: inout OutputBuffer
    ) {
        var table = SideBySide(options: options)
        let shown = ShownRows(
            pairing.rows.map { $0.verdict != .same },
            showsAll: showsAll,
            context: Self.context
        )
        for group in shown.groups {
            switch group {
            case .leftOut(let count): table.add(.leftOut("… \(count) the same"))
            case .shown(let index):
                for row in rows(of: pairing.rows[index], first, second) { table.add(row) }
            }
        }
        if !pairing.isSame || showsAll {
            table.render(heading, into: &buffer)
            buffer.append("\n")
        }
        style.write(string: pairing.sentence, pairing.isSame ? .success : .error, to: &buffer)
        buffer.append("\n")
    }

    private var heading: SideBySide.Row {
        var row = SideBySide.Row()
        (row.left, row.right, row.note) = (names.first, names.second, "frames")
        (row.leftTone, row.rightTone) = (.heading, .heading)
        return row
    }

    private func rows(
        of row: TracePairing.Row,
        _ first: [Exchange],
        _ second: [Exchange]
    ) -> [SideBySide.Row] {
        var head = SideBySide.Row()
        (head.mark, head.markTone) = row.verdict.mark
        let one = row.first.map { first[$0] }
        let other = row.second.map { second[$0] }
        head.number = row.first.map { String($0 + 1) } ?? ""
        head.left = one?.seenHeadline ?? ""
        head.right = other.map { "\($0.seenHeadline)" } ?? ""
        head.note = one?.frames ?? other?.frames ?? ""
        if let one, let other, one.frames != other.frames { head.note += " | " + other.frames }
        switch row.verdict {
        case .same: (head.leftTone, head.rightTone) = (.faint, .faint)
        case .changed: break
        case .removed: head.leftTone = .error
        case .added: head.rightTone = .success
        case .moved: (head.leftTone, head.rightTone) = (.note, .note)
        }
        var rows = [head]
        if row.verdict == .moved, let from = row.first, let to = row.second {
            rows.append(.change("  at place \(from + 1)", "  at place \(to + 1)", .note, .note))
        }
        return rows
            + row.changes.map { change in
                .change(
                    change.first.isEmpty ? "" : "  " + change.first,
                    change.second.isEmpty ? "" : "  " + change.second,
                    .error,
                    .success
                )
            }
    }
}

extension SideBySide.Row {
    /// A row that stands for several.
    static func leftOut(_ text: String) -> SideBySide.Row {
        var row = SideBySide.Row()
        row.left = text
        row.leftTone = .faint
        return row
    }

    fileprivate static func change(
        _ left: String,
        _ right: String,
        _ leftTone: Tone,
        _ rightTone: Tone
    ) -> SideBySide.Row {
        var row = SideBySide.Row()
        (row.left, row.right) = (left, right)
        (row.leftTone, row.rightTone) = (leftTone, rightTone)
        return row
    }
}

extension TracePairing.Verdict {
    /// The character before a row, and its tone.
    fileprivate var mark: (String, Tone) {
        switch self {
        case .same: (" ", .plain)
        case .changed: ("≠", .warning)
        case .removed: ("-", .error)
        case .added: ("+", .success)
        case .moved: ("↕", .note)
        }
    }
}

extension TracePairing {
    /// What it comes to.
    package var sentence: String {
        let same = count(of: .same)
        let text = "\(same) \(same == 1 ? "exchange" : "exchanges") the same"
        if isSame { return text }
        let parts = [
            (Verdict.changed, "changed"), (.moved, "moved"), (.removed, "only in the first"),
            (.added, "only in the second"),
        ]
        let counted = parts.map { (count(of: $0.0), $0.1) }.filter { $0.0 > 0 }
        return "different: " + counted.map { "\($0.0) \($0.1)" }.joined(separator: ", ") + "; "
            + text
    }
}
