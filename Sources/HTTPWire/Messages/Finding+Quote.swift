import Bytes
package import Findings

extension Finding {
    /// The catalogue's sentence with the bytes in question, as far as these are kept: in `head`,
    /// that of the finding's message, or with the finding.
    package func message(in head: MessageHead?) -> String {
        let sentence = code.entry.sentence
        guard let quote = quote(in: head) else { return sentence }
        return sentence.dropLast() + ": " + quote + (origin ?? "")
    }

    /// Where in the capture the quoted bytes begin, where that is told.
    package var origin: String? {
        guard case .stretch(_, _, let frame) = detail else { return nil }
        return " from frame \(frame) on"
    }

    /// The bytes in question in quotes, escaped, and shortened where they are many.
    ///
    /// - Parameters:
    ///   - head: that of the message.
    ///   - isLineShown: whether the line that holds the bytes is in sight already, so that blanks and
    ///     line ends need not be shown with it.
    /// - Returns: `nil` where no byte is in question, or the bytes are not kept.
    package func quote(in head: MessageHead?, isLineShown: Bool = false) -> String? {
        switch detail {
        case .excerpt(let bytes):
            return Quotation(bytes, isAboutLineEnd ? bytes.indices : bytes.withoutLineEnd).text
        case .versions(let first, let later):
            return Quotation(first, first.indices).text + " and later "
                + Quotation(later, later.indices).text
        case .hopLimits(let found, let usual):
            return "time to live \(found), that of other packets from there \(usual)"
        case .stretch(let first, let length, _):
            let count = "\(length) \(length == 1 ? "byte" : "bytes")"
            return first.isEmpty
                ? count : Quotation(first, first.withoutLineEnd).text + ", " + count
        case .unclaimed(let bytes): return bytes.quote
        case nil: return head.flatMap { quoteKept(in: $0, isLineShown) }
        }
    }

    /// Whether the finding is about the end of a line.
    private var isAboutLineEnd: Bool { code == .bareLineFeed || code == .mixedLineEndings }

    private func quoteKept(in head: MessageHead, _ isLineShown: Bool) -> String? {
        guard let bytes, !bytes.isEmpty else { return nil }
        // Lines that are not kept leave the bytes behind them at other places.
        if bytes.upperBound <= head.bytes.count, code != .headerSectionTooLarge {
            return quote(bytes, of: head.bytes, isLineShown)
        }
        let start = bytes.lowerBound - head.trailerOffset
        let end = bytes.upperBound - head.trailerOffset
        guard start >= 0, end <= head.trailerBytes.count else { return nil }
        return quote(start..<end, of: head.trailerBytes, isLineShown)
    }

    private func quote(
        _ range: Range<Int>,
        of bytes: [UInt8],
        _ isLineShown: Bool
    ) -> String? {
        if bytes[range].hasVisible {
            let trimmed = isAboutLineEnd ? range.count : Array(bytes[range]).withoutLineEnd.count
            let shown = range.lowerBound..<range.lowerBound + trimmed
            return isLineShown && isAboutLineEnd ? nil : Quotation(bytes, shown).text
        }
        return isLineShown ? nil : Quotation(lineAround: range, in: bytes).text
    }
}

extension UnclaimedBytes {
    /// Their protocol, how many, from which frame on.
    fileprivate var quote: String {
        let count = length == 1 ? "1 byte" : "\(length) bytes"
        let place = "\(count) from frame \(frame) on"
        let start = name.map { "\($0), \(place)" } ?? place
        return first.isEmpty ? start : start + ", " + Quotation(first, first.withoutLineEnd).text
    }
}

/// A few bytes of a message for somebody to recognise them by.
private struct Quotation {
    /// How many columns are taken at the most, quotes aside.
    private static let limit = 40

    private let bytes: [UInt8]
    private let range: Range<Int>
    private var isCutInFront = false

    /// These bytes as they are.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        self.range = range
    }

    /// The bytes of `range` with the line around them.
    init(lineAround range: Range<Int>, in bytes: [UInt8]) {
        self.bytes = bytes
        let before = bytes[..<range.lowerBound].lastIndex(of: .lineFeed).map { $0 + 1 } ?? 0
        let feed = bytes[(range.upperBound - 1)...].firstIndex(of: .lineFeed)
        let end = feed.map { $0 + 1 } ?? bytes.count
        // So near that the bytes themselves are in sight.
        let isLong = EscapedText.escape(bytes.span.extracting(before..<end)).utf8.count > Self.limit
        let start = isLong ? max(before, range.lowerBound - Self.limit / 2) : before
        isCutInFront = start > before
        self.range = start..<end
    }

    var text: String {
        var text = isCutInFront ? "\"…" : "\""
        var columns = isCutInFront ? 1 : 0
        var index = range.lowerBound
        while index < range.upperBound {
            let length = length(at: index)
            let shown = EscapedText.escape(bytes.span.extracting(index..<index + length))
            let width = shown.unicodeScalars.count
            let isLast = index + length == range.upperBound
            guard columns + width <= (isLast ? Self.limit : Self.limit - 1) else {
                return text + "…\""
            }
            text += shown
            columns += width
            index += length
        }
        return text + "\""
    }

    private func length(at index: Int) -> Int {
        guard bytes[index] >= 0x80,
            let length = EscapedText.multiByteSequenceLength(in: bytes.span, at: index),
            index + length <= range.upperBound
        else { return 1 }
        return length
    }
}

extension ArraySlice<UInt8> {
    /// Whether a byte among them is visible.
    fileprivate var hasVisible: Bool { contains { $0 > 0x20 && $0 != 0x7F } }
}

extension [UInt8] {
    /// The indices without CR and LF at the end, unless there is nothing else.
    fileprivate var withoutLineEnd: Range<Int> {
        let end = lastIndex { $0 != .lineFeed && $0 != .carriageReturn }
        return 0..<(end.map { $0 + 1 } ?? count)
    }
}
