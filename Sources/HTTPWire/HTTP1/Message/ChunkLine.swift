import Bytes
import Findings

/// A line of the chunked transfer coding that is being collected: one with a chunk's size, or the
/// line end behind the data of one (RFC 9112 §7.1).
struct ChunkLine: Sendable {
    /// The line, as far as read and kept.
    private(set) var bytes: [UInt8] = []

    /// Bytes of the line that were not kept.
    private(set) var omittedLength = 0

    /// The length of the line so far, on the wire.
    var length: Int { bytes.count + omittedLength }

    /// Whether nothing has come of the line.
    var isEmpty: Bool { bytes.isEmpty }

    /// Keeps a byte that may be half of a line end.
    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    /// Goes on to the next line.
    mutating func beginNext() {
        bytes.removeAll(keepingCapacity: true)
        omittedLength = 0
    }

    /// Collects bytes up to the next line feed.
    ///
    /// - Returns: whether the line is whole, or so long without a size that there is none.
    mutating func collect(_ given: Span<UInt8>, _ position: inout Int) -> Bool {
        let end = given.firstIndex(of: .lineFeed, from: position).map { $0 + 1 } ?? given.count
        while position < end {
            let taken = min(end - position, ChunkSizeLine.limit - bytes.count)
            bytes.append(copying: given.extracting(position..<position + taken))
            position += taken
            if bytes.last == .lineFeed { return true }
            guard bytes.count == ChunkSizeLine.limit else { return false }
            // Of an extension the middle is not needed; the last byte may belong to the line end.
            guard ChunkSizeLine.beginsWithSize(bytes.span) else { return true }
            let middle = ChunkSizeLine.limit / 2..<ChunkSizeLine.limit - 1
            omittedLength += middle.count
            bytes.removeSubrange(middle)
        }
        return false
    }

    /// Notes the oddities of the whole line, of which the parts are `size`, and which ends at `end`
    /// in the message.
    func noteOddities(of size: ChunkSizeLine, endingAt end: Int, in head: inout MessageHead) {
        let (line, last) = (end - length..<end, end - 1..<end)
        if size.hasBareLineFeed {
            note(.bareLineFeed, last, in: &head)
            note(.ambiguousChunkLine, last, in: &head)
        }
        if omittedLength > 0 { note(.chunkLineTooLarge, line, in: &head) }
        if size.hasControlByte { note(.ambiguousChunkLine, line, in: &head) }
        if size.hasExtension { note(.chunkExtension, line, in: &head) }
        if size.hasWhitespace { note(.extraWhitespace, line, in: &head) }
        if size.digits > ChunkSizeLine.commonDigits { note(.leadingZeros, line, in: &head) }
    }

    /// Notes something odd, quoting the line only where no other had the same oddity.
    private func note(_ code: FindingCode, _ place: Range<Int>, in head: inout MessageHead) {
        if head.findings.contains(where: { $0.code == code }) {
            head.findings.note(Finding(code, bytes: place), folding: true)
        } else {
            head.note(code, place, quoting: bytes)
        }
    }
}
