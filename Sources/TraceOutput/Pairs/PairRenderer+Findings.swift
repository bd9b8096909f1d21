internal import Bytes
internal import Findings
internal import HTTPWire

/// A finding of a message, and what is told of others like it.
struct PlacedFinding {
    let finding: Finding
    /// How many more lines have the same, where that is told here.
    var more = 0
    /// Whether its sentence was told at an earlier line.
    var isTold = false
}

/// The findings of a message in the order of their places, taken from the front.
struct PlacedFindings {
    /// How many lines may say the same before it is told once for all of them.
    private static let repetitions = 3

    private let findings: [PlacedFinding]
    private var taken = 0

    init(_ findings: [Finding]) {
        guard findings.count > 1 else {
            self.findings = findings.map { PlacedFinding(finding: $0) }
            return
        }
        // Findings come in the order in which they were found, which is almost that of their
        // places; the index keeps the order of those at one place.
        let sorted = findings.enumerated().sorted { first, second in
            (first.element.place, first.offset) < (second.element.place, second.offset)
        }
        self.findings = Self.folded(sorted.map { PlacedFinding(finding: $0.element) })
    }

    /// Has what many lines say told at the first of them.
    private static func folded(_ findings: [PlacedFinding]) -> [PlacedFinding] {
        guard findings.count > repetitions else { return findings }
        var counts: [FindingCode: Int] = [:]
        for placed in findings where placed.finding.bytes != nil {
            counts[placed.finding.code, default: 0] += 1
        }
        var folded = findings
        var told: Set<FindingCode> = []
        for index in findings.indices where findings[index].finding.bytes != nil {
            let code = findings[index].finding.code
            guard let count = counts[code], count > repetitions else { continue }
            if told.insert(code).inserted {
                folded[index].more = count - 1
            } else {
                folded[index].isTold = true
            }
        }
        return folded
    }

    /// Whether a finding that is not yet taken begins before `offset`.
    func hasAny(before offset: Int) -> Bool {
        taken < findings.count && findings[taken].finding.place < offset
    }

    /// The findings not yet taken that begin before `offset`.
    mutating func take(before offset: Int) -> ArraySlice<PlacedFinding> {
        let start = taken
        while taken < findings.count, findings[taken].finding.place < offset { taken += 1 }
        return findings[start..<taken]
    }

    /// All findings not yet taken.
    mutating func takeAll() -> ArraySlice<PlacedFinding> {
        defer { taken = findings.count }
        return findings[taken...]
    }
}

extension Finding {
    /// Where it is shown: those about no bytes come last.
    fileprivate var place: Int { bytes?.lowerBound ?? .max }
}

extension PairRenderer {
    /// Appends findings about `line`, which begins at `offset` in the message, each with its place
    /// marked below the line as far as that fits; of those that were told above only that.
    func append(
        _ findings: ArraySlice<PlacedFinding>,
        under line: Span<UInt8>,
        at offset: Int,
        of head: MessageHead,
        to buffer: inout OutputBuffer
    ) {
        var marked: Range<Int>?
        for placed in findings {
            let finding = placed.finding
            // Findings about the same bytes share a mark.
            if finding.bytes != marked, let mark = mark(finding, under: line, at: offset) {
                let tone = Tone(finding.code.severity)
                buffer.append(.space, times: 4 + mark.column)
                style.begin(tone, in: &buffer)
                buffer.append(UInt8(ascii: "^"), times: mark.length)
                style.end(tone, in: &buffer)
                buffer.append("\n")
            }
            marked = finding.bytes
            guard !placed.isTold else { continue }
            append(
                finding,
                of: head,
                isLineShown: true,
                more: placed.more,
                indent: 8,
                to: &buffer
            )
        }
    }

    /// Appends findings that no shown line holds.
    func append(
        _ findings: ArraySlice<PlacedFinding>,
        of head: MessageHead,
        indent: Int,
        showsPlace: Bool = false,
        to buffer: inout OutputBuffer
    ) {
        for placed in findings where !placed.isTold {
            append(
                placed.finding,
                of: head,
                more: placed.more,
                indent: indent,
                showsPlace: showsPlace,
                to: &buffer
            )
        }
    }

    /// Appends a finding: severity, code and reference, and below its sentence with the bytes that it
    /// is about.
    ///
    /// So many `more` lines have the same. In content, where no mark can be set, `showsPlace` has its offset in the message shown.
    func append(
        _ finding: Finding,
        of head: MessageHead? = nil,
        isLineShown: Bool = false,
        more: Int = 0,
        indent: Int,
        showsPlace: Bool = false,
        to buffer: inout OutputBuffer
    ) {
        buffer.append(.space, times: indent)
        appendLabel(of: finding, to: &buffer)
        if more > 0 {
            buffer.append(", and ")
            buffer.append(grouped: more)
            buffer.append(" more like it")
        }
        if showsPlace, let bytes = finding.bytes, !bytes.isEmpty {
            buffer.append(", at byte ")
            buffer.append(bytes.lowerBound)
        }
        if let origin = finding.origin {
            buffer.append(",")
            buffer.append(string: origin)
        }
        buffer.append("\n")
        let quote = finding.quote(in: head, isLineShown: isLineShown)
        let sentence = finding.code.entry.sentence
        buffer.append(
            wrapping: quote == nil ? sentence : sentence.dropLast() + ":",
            quote: quote,
            indent: indent + 2,
            width: width
        )
    }

    private func appendLabel(of finding: Finding, to buffer: inout OutputBuffer) {
        let entry = finding.code.entry
        let tone = Tone(entry.severity)
        style.begin(tone, in: &buffer)
        buffer.append(string: entry.severity.rawValue)
        buffer.append(" ")
        buffer.append(string: finding.code.rawValue)
        style.end(tone, in: &buffer)
        buffer.append(" (")
        buffer.append(string: entry.reference)
        buffer.append(")")
        if finding.occurrences > 1 {
            buffer.append(", ")
            buffer.append(grouped: finding.occurrences)
            buffer.append(" times")
        }
    }

    /// Where to mark `finding` below `line`: its columns, or `nil` where a mark would say nothing or
    /// not fit.
    private func mark(
        _ finding: Finding,
        under line: Span<UInt8>,
        at offset: Int
    ) -> (column: Int, length: Int)? {
        guard let bytes = finding.bytes, !bytes.isEmpty else { return nil }
        let start = bytes.lowerBound - offset
        let end = min(bytes.upperBound - offset, line.count)
        // A folded line stands on several rows, and marking the whole of a line marks nothing.
        guard start >= 0, start < end, end - start < line.count,
            line.firstIndex(of: .lineFeed).map({ $0 == line.count - 1 }) ?? true
        else { return nil }
        let column = line.extracting(0..<start).escapedWidth
        let length = line.extracting(start..<end).escapedWidth
        return 4 + column + length <= width ? (column, length) : nil
    }
}
