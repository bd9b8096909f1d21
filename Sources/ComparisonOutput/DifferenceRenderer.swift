package import Expectations
internal import Findings
internal import Trace
package import TraceOutput

/// Writes what was expected and what was seen side by side.
package struct DifferenceRenderer {
    /// How many exchanges that are as expected stand around those that are not.
    private static let context = 2

    private let options: OutputOptions
    private let style: Style
    /// Whether exchanges that are as expected are all shown.
    private let showsAll: Bool
    /// What the two sides come from.
    private let names: (expected: String, seen: String)

    /// Creates a renderer.
    ///
    /// - Parameters:
    ///   - options: width and colour.
    ///   - expected: the name of the expectation file; empty where there is none.
    ///   - seen: the name of the capture; empty where there is none.
    ///   - showsAll: whether exchanges that are as expected are all shown.
    package init(
        options: OutputOptions = OutputOptions(),
        expected: String = "",
        seen: String = "",
        showsAll: Bool = false
    ) {
        self.options = options
        self.showsAll = showsAll
        style = Style(usesColor: options.usesColor)
        names = (expected, seen)
    }

    /// Appends the difference, and a sentence that sums it up.
    package func render(_ difference: TraceDifference, into buffer: inout OutputBuffer) {
        var table = SideBySide(options: options)
        if showsAll || !difference.isMet {
            let shown = ShownRows(
                difference.rows.map { $0.verdict != .met },
                showsAll: showsAll,
                context: Self.context
            )
            for group in shown.groups {
                switch group {
                case .leftOut(let count): table.add(.leftOut("… \(count) as expected"))
                case .shown(let index):
                    for row in Self.rows(of: difference.rows[index]) { table.add(row) }
                }
            }
            for claim in difference.unmetClaims { table.add(Self.row(of: claim)) }
        }
        if !table.isEmpty {
            table.render(heading, into: &buffer)
            buffer.append("\n")
        }
        appendFindings(of: difference, to: &buffer)
        style.write(
            string: difference.sentence,
            difference.isMet ? .success : .error,
            to: &buffer
        )
        buffer.append("\n")
    }

    private var heading: SideBySide.Row {
        var row = SideBySide.Row()
        row.left = "expected" + (names.expected.isEmpty ? "" : " (\(names.expected))")
        row.right = "seen" + (names.seen.isEmpty ? "" : " (\(names.seen))")
        row.leftTone = .heading
        row.rightTone = .heading
        row.note = "frames"
        return row
    }

    private static func rows(of row: TraceDifference.Row) -> [SideBySide.Row] {
        var first = SideBySide.Row()
        (first.mark, first.markTone) = row.verdict.mark
        first.number = row.expected?.line.map(String.init) ?? ""
        first.left = row.expected?.headline ?? ""
        if row.count > 1 { first.left += " times \(row.count)" }
        first.right = row.seen?.seenHeadline ?? ""
        first.note = row.seen?.frames ?? ""
        var details = row.mismatches
        switch row.verdict {
        case .met: (first.leftTone, first.rightTone) = (.faint, .faint)
        case .differs:
            first.left = row.expected?.lineAlone ?? ""
            // These are in the first line.
            details.removeAll { $0.subject == .request || $0.subject == .response }
            if details.count < row.mismatches.count {
                (first.leftTone, first.rightTone) = (.success, .error)
            }
        case .missing: first.leftTone = .success
        case .unexpected: first.rightTone = .error
        }
        return [first] + details.map(Self.row) + absence(of: row) + doubt(about: row)
    }

    private static func row(of mismatch: Mismatch) -> SideBySide.Row {
        var row = SideBySide.Row()
        if !mismatch.expected.isEmpty { row.left = "  " + mismatch.expected }
        if !mismatch.seen.isEmpty { row.right = "  " + mismatch.seen }
        row.leftTone = .success
        row.rightTone = .error
        return row
    }

    /// Why a message is missing that should be there.
    private static func absence(of row: TraceDifference.Row) -> [SideBySide.Row] {
        guard row.verdict != .met, let absence = row.seen?.absence else { return [] }
        var reason = SideBySide.Row()
        reason.right = "  (\(absence.sentence))"
        reason.rightTone = .faint
        return [reason]
    }

    /// Why there may be no such exchange.
    private static func doubt(about row: TraceDifference.Row) -> [SideBySide.Row] {
        guard row.verdict == .missing || row.verdict == .differs, let doubt = row.expected?.doubt
        else { return [] }
        var reason = SideBySide.Row()
        reason.left = "  (\(doubt))"
        reason.leftTone = .faint
        return [reason]
    }

    private static func row(of claim: TraceDifference.UnmetClaim) -> SideBySide.Row {
        var row = SideBySide.Row()
        (row.mark, row.markTone) = TraceDifference.Verdict.differs.mark
        row.left = claim.claim.rawValue
        row.leftTone = .success
        row.right = claim.sentence
        row.rightTone = .error
        return row
    }

    /// Says of each finding that nobody expected what it means.
    private func appendFindings(of difference: TraceDifference, to buffer: inout OutputBuffer) {
        let codes = difference.unexpectedFindings
        for code in codes {
            style.write(string: code.rawValue, Tone(code.severity), to: &buffer)
            buffer.append(string: " (\(code.entry.reference))\n")
            buffer.append(wrapping: code.entry.sentence, indent: 2, width: min(options.width, 100))
        }
        if !codes.isEmpty { buffer.append("\n") }
    }
}

extension TraceDifference {
    /// The difference as text without colour, for the message of a test that fails.
    ///
    /// - Parameters:
    ///   - width: the columns there are.
    ///   - seen: the name of what was compared.
    /// - Returns: lines, the last of which ends with a line feed too.
    package func text(width: Int = 100, seen: String = "") -> String {
        var options = OutputOptions()
        options.width = width
        var buffer = OutputBuffer()
        DifferenceRenderer(options: options, seen: seen).render(self, into: &buffer)
        return buffer.withBytes { bytes in
            unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
        }
    }
}
