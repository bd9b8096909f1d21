import Bytes
import Findings

extension MessageParser {
    /// Passes on content whose end is told by a count or by the close.
    mutating func passContent(_ bytes: Span<UInt8>, _ position: inout Int) -> MessageEvent? {
        let available = bytes.count - position
        switch state {
        case .content(let left):
            guard left > 0 else {
                state = .ending(complete: true)
                return nil
            }
            let taken = min(left, available)
            state = .content(left - taken)
            return pass(taken, &position)
        case .chunkData(let left):
            guard left > 0 else {
                state = .chunkEnd
                return nil
            }
            let taken = min(left, available)
            state = left == taken ? .chunkEnd : .chunkData(left - taken)
            return pass(taken, &position)
        case .untilClose:
            return pass(available, &position)
        case .idle, .startLine, .fieldLines, .headComplete, .withheld, .contentOrAnswer, .chunkSize,
            .chunkEnd, .trailers, .ending, .switched:
            return nil
        }
    }

    private mutating func pass(_ length: Int, _ position: inout Int) -> MessageEvent? {
        guard length > 0 else { return nil }
        let start = position
        position += length
        offset += length
        return .content(start..<position)
    }

    /// Ends the message in the midst of its content: its sender has gone on to the next.
    package mutating func endContent() {
        note(.truncatedContent, offset..<offset)
        state = .ending(complete: false)
    }

    /// Collects a chunk-size line (RFC 9112 §7.1).
    mutating func collectChunkSize(_ bytes: Span<UInt8>, _ position: inout Int) -> MessageEvent? {
        guard collectChunkLine(bytes, &position) else { return nil }
        let length = chunkLine.count + chunkLineOmitted
        let start = offset - length
        defer {
            chunkLine.removeAll(keepingCapacity: true)
            chunkLineOmitted = 0
        }
        guard let size = ChunkSizeLine(chunkLine.span) else {
            if isStartOfNextMessage(chunkLine.span) {
                carryOver(chunkLine)
                note(.truncatedContent, offset..<offset)
                return nil
            }
            note(.invalidChunkSize, start..<offset, quoting: chunkLine)
            state = .ending(complete: false)
            return nil
        }
        noteOddities(of: size, start: start, length: length)
        state = size.value == 0 ? .trailers : .chunkData(size.value)
        if size.value == 0 {
            head.trailerOffset = offset
            isAfterOmittedLine = false
        }
        return nil
    }

    private mutating func noteOddities(of size: ChunkSizeLine, start: Int, length: Int) {
        let (line, end) = (start..<start + length, start + length - 1..<start + length)
        if size.hasBareLineFeed {
            noteFolded(.bareLineFeed, end)
            noteFolded(.ambiguousChunkLine, end)
        }
        if chunkLineOmitted > 0 { noteFolded(.chunkLineTooLarge, line) }
        if size.hasControlByte { noteFolded(.ambiguousChunkLine, line) }
        if size.hasExtension { noteFolded(.chunkExtension, line) }
        if size.hasWhitespace { noteFolded(.extraWhitespace, line) }
        if size.digits > ChunkSizeLine.commonDigits { noteFolded(.leadingZeros, line) }
    }

    /// Notes what is odd about the chunk line at hand, quoting it only where it is the first of its
    /// kind.
    private mutating func noteFolded(_ code: FindingCode, _ place: Range<Int>) {
        if head.findings.contains(where: { $0.code == code }) {
            head.findings.note(Finding(code, bytes: place), folding: true)
        } else {
            note(code, place, quoting: chunkLine)
        }
    }

    /// Notes a finding with bytes that are not kept.
    private mutating func note(
        _ code: FindingCode,
        _ place: Range<Int>,
        quoting bytes: [UInt8]
    ) {
        let excerpt = Array(bytes.prefix(FindingDetail.limit))
        head.findings.note(Finding(code, bytes: place, detail: .excerpt(excerpt)))
    }

    /// Keeps bytes up to the next line feed; `true` once the line is whole, or so long without a
    /// size that it is none.
    private mutating func collectChunkLine(_ bytes: Span<UInt8>, _ position: inout Int) -> Bool {
        let end = bytes.firstIndex(of: .lineFeed, from: position).map { $0 + 1 } ?? bytes.count
        while position < end {
            let taken = min(end - position, ChunkSizeLine.limit - chunkLine.count)
            chunkLine.append(copying: bytes.extracting(position..<position + taken))
            position += taken
            offset += taken
            if chunkLine.last == .lineFeed { return true }
            guard chunkLine.count == ChunkSizeLine.limit else { return false }
            // Of an extension the middle is not needed; the last byte may belong to the line end.
            guard ChunkSizeLine.beginsWithSize(chunkLine.span) else { return true }
            let middle = ChunkSizeLine.limit / 2..<ChunkSizeLine.limit - 1
            chunkLineOmitted += middle.count
            chunkLine.removeSubrange(middle)
        }
        return false
    }

    /// Collects the line end that follows a chunk's data.
    mutating func collectChunkEnd(_ bytes: Span<UInt8>, _ position: inout Int) -> MessageEvent? {
        while position < bytes.count {
            let byte = bytes[position]
            if byte == .lineFeed {
                position += 1
                offset += 1
                if chunkLine.isEmpty {
                    let place = offset - 1..<offset
                    head.findings.note(Finding(.bareLineFeed, bytes: place), folding: true)
                    head.findings.note(Finding(.ambiguousChunkLine, bytes: place), folding: true)
                }
                chunkLine.removeAll(keepingCapacity: true)
                state = .chunkSize
                return nil
            }
            guard byte == .carriageReturn, chunkLine.isEmpty else {
                chunkLine.removeAll(keepingCapacity: true)
                note(.invalidChunkSize, offset..<offset + 1, quoting: [byte])
                state = .ending(complete: false)
                return nil
            }
            chunkLine.append(byte)
            position += 1
            offset += 1
        }
        return nil
    }
}
