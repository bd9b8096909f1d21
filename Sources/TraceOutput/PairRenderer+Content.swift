internal import Bytes
internal import HTTPWire
internal import Trace

/// The content of a message, as text or in hexadecimal.
extension PairRenderer {
    /// How much is shown unless all is asked for.
    private static let textLimit = 2048
    private static let rowLimit = 40
    private static let hexadecimalLimit = 256
    /// How much of content that is not text is shown beside its size.
    private static let glimpse = 64

    func appendContent(of message: Message, to buffer: inout OutputBuffer) {
        guard let framing = message.announcement else { return }
        buffer.append("    Content: ")
        buffer.append(grouped: message.contentLength)
        if case .length(let length) = message.framing, length != message.contentLength {
            buffer.append(" of ")
            buffer.append(grouped: length)
        }
        buffer.append(message.contentLength == 1 && message.isComplete ? " byte" : " bytes")
        buffer.append(framing)
        let isText = message.content.span.looksLikeText
        if !isText, message.contentLength > 0, bodies != .none { buffer.append(", not text") }
        buffer.append("\n")
        let shown =
            switch bodies {
            case .none: 0
            case .text where isText: appendText(of: message, to: &buffer)
            case .text: appendHexadecimal(of: message, limit: Self.glimpse, to: &buffer)
            case .hex: appendHexadecimal(of: message, limit: Self.hexadecimalLimit, to: &buffer)
            case .all where isText: appendAllText(of: message, to: &buffer)
            case .all: appendHexadecimal(of: message, limit: .max, to: &buffer)
            }
        appendRest(of: message, shown: shown, to: &buffer)
    }

    /// Appends the first lines and answers how many bytes they have.
    private func appendText(of message: Message, to buffer: inout OutputBuffer) -> Int {
        let content = message.content.span
        var end = 0
        for _ in 0..<Self.rowLimit where end < content.count {
            end = content.firstIndex(of: .lineFeed, from: end).map { $0 + 1 } ?? content.count
        }
        end = min(end, Self.textLimit)
        // Do not cut a character in two.
        while end < content.count, end > 0, content[end] & 0xC0 == 0x80 { end -= 1 }
        appendRows(content.extracting(0..<end), indent: 8, to: &buffer)
        return end
    }

    private func appendAllText(of message: Message, to buffer: inout OutputBuffer) -> Int {
        appendRows(message.content.span, indent: 8, to: &buffer)
        return message.content.count
    }

    private func appendHexadecimal(
        of message: Message,
        limit: Int,
        to buffer: inout OutputBuffer
    ) -> Int {
        let end = min(message.content.count, limit)
        buffer.append(hexadecimal: message.content.span.extracting(0..<end), indent: 8)
        return end
    }

    private func appendRest(of message: Message, shown: Int, to buffer: inout OutputBuffer) {
        let kept = message.content.count
        let lost = message.contentLength - kept
        guard bodies != .none, kept > shown || lost > 0 else { return }
        if kept > shown {
            appendNote(kept - shown, " more bytes not shown; --bodies all shows them", to: &buffer)
        }
        if lost > 0 {
            appendNote(lost, " more bytes were counted and not kept", to: &buffer)
        }
    }

    private func appendNote(
        _ count: Int,
        _ words: StaticString,
        to buffer: inout OutputBuffer
    ) {
        buffer.append("        ")
        style.begin(.faint, in: &buffer)
        buffer.append("[")
        buffer.append(grouped: count)
        buffer.append(words)
        buffer.append("]")
        style.end(.faint, in: &buffer)
        buffer.append("\n")
    }
}

extension Message {
    /// How the content's end is told, in words; `nil` where there is no content to speak of.
    fileprivate var announcement: StaticString? {
        switch framing {
        case .noContent: contentLength > 0 ? "" : nil
        case .length(let length): length > 0 || contentLength > 0 ? "" : nil
        case .chunked: " in chunks"
        case .untilClose: " until the connection closed"
        case .switched: contentLength > 0 ? " of another protocol" : nil
        }
    }
}

extension Span<UInt8> {
    /// Whether showing these bytes as lines of text serves the reader: no NUL, and at most one byte
    /// in ten that is neither text nor UTF-8.
    fileprivate var looksLikeText: Bool {
        var odd = 0
        var index = 0
        while let next = firstUnprintable(from: index, to: count) {
            index = next
            let byte = self[index]
            if byte == 0 { return false }
            if byte >= 0x80,
                let length = EscapedText.multiByteSequenceLength(in: self, at: index)
            {
                index += length
                continue
            }
            let isLineEnd = byte == .lineFeed || byte == .carriageReturn
            if byte >= 0x80 || byte.isControl && !isLineEnd { odd += 1 }
            index += 1
        }
        return odd * 10 <= count
    }
}
