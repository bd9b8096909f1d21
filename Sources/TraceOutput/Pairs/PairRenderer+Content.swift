internal import Bytes
internal import Content
internal import HTTPWire
internal import Trace

/// How much of content is still to be shown.
struct ContentBudget {
    var rows: Int
    var bytes: Int
    /// Bytes of content that is not text.
    var glimpse: Int

    /// All that was kept.
    static let all = ContentBudget(rows: .max, bytes: .max, glimpse: .max)
    /// What serves somebody who looks through a trace.
    static let beginning = ContentBudget(rows: 40, bytes: 2048, glimpse: 64)

    var isUsedUp: Bool { rows <= 0 || bytes <= 0 }

    mutating func use(rows: Int, bytes: Int) {
        self.rows -= rows
        self.bytes -= bytes
    }
}

/// The content of a message: its length, what was done to read it, and as much as was asked for.
///
/// What cannot be decoded is a finding of the message too, as far as it is the sender's doing: it
/// stands at the field that names the coding, and here what the library says of it.
extension PairRenderer {
    /// How much of the bytes as sent `--bodies hex` shows.
    private static let hexadecimalLimit = 256

    mutating func appendContent(of message: Message, to buffer: inout OutputBuffer) {
        guard let framing = message.announcement else { return }
        buffer.append("    Content: ")
        buffer.append(grouped: message.contentLength)
        if case .length(let length) = message.framing, length != message.contentLength {
            buffer.append(" of ")
            buffer.append(grouped: length)
        }
        buffer.append(message.contentLength == 1 && message.isComplete ? " byte" : " bytes")
        buffer.append(framing)
        switch bodies {
        case .none: buffer.append("\n")
        case .hex: appendAsSent(message, to: &buffer)
        case .text, .all: appendReadable(message, to: &buffer)
        }
        if bodies != .none, message.lostContentLength > 0 {
            appendNote(to: &buffer) { buffer in
                buffer.append(grouped: message.lostContentLength)
                buffer.append(" more bytes were counted and not kept")
            }
        }
    }

    private mutating func appendAsSent(_ message: Message, to buffer: inout OutputBuffer) {
        let content = message.content.span
        if !content.looksLikeText { buffer.append(", not text") }
        buffer.append("\n")
        if !message.contentDescription(&mediaTypes).codings.isEmpty {
            appendNote(to: &buffer) { $0.append("as sent, before content decoding") }
        }
        appendHexadecimal(content, limit: Self.hexadecimalLimit, to: &buffer)
    }

    private mutating func appendReadable(_ message: Message, to buffer: inout OutputBuffer) {
        let content = ReadableContent(
            message.content,
            message.contentDescription(&mediaTypes),
            decoder: decoder
        )
        if message.contentLength > 0 { appendKind(of: content, to: &buffer) }
        buffer.append("\n")
        appendDecoding(of: content.decoded, in: message, to: &buffer)
        var budget = bodies == .all ? ContentBudget.all : .beginning
        append(content, isWhole: message.isWhole, &budget, to: &buffer)
    }

    /// Appends what a reader cannot see in the lines below.
    func appendKind(of content: ReadableContent, to buffer: inout OutputBuffer) {
        switch content.kind {
        case .json: buffer.append(", JSON")
        case .form: buffer.append(", form")
        case .multipart: buffer.append(", multipart")
        case .text, .unknown: break
        case .binary:
            buffer.append(", ")
            // The essence is escaped already.
            buffer.append(string: content.essence ?? "not text")
            if content.isUndeclared, content.essence != nil {
                buffer.append(" by its first bytes")
            }
        }
    }

    /// Appends content in the way that suits its kind.
    ///
    /// `isWhole` says whether all of it is there, as far as its sender and its framing tell; `depth`
    /// counts the multipart contents around it.
    func append(
        _ content: ReadableContent,
        isWhole: Bool,
        depth: Int = 0,
        _ budget: inout ContentBudget,
        to buffer: inout OutputBuffer
    ) {
        if content.kind == .multipart, let boundary = content.boundary {
            return appendParts(of: content, boundary, isWhole, depth, &budget, to: &buffer)
        }
        guard let text = content.text else {
            let end = min(content.decoded.bytes.count, budget.glimpse)
            budget.use(rows: (end + 15) / 16, bytes: 0)
            return appendHexadecimal(content.decoded.bytes.span, limit: end, to: &buffer)
        }
        appendCharset(of: text, isWhole: isWhole, to: &buffer)
        switch content.kind {
        case .json: appendJSON(text, isWhole: isWhole, &budget, to: &buffer)
        case .form: appendForm(text, &budget, to: &buffer)
        case .multipart:
            appendWarning(to: &buffer) { buffer in
                buffer.append("no boundary in the Content-Type, shown as it is")
            }
            appendText(text, &budget, to: &buffer)
        case .text, .binary, .unknown: appendText(text, &budget, to: &buffer)
        }
    }

    func appendHexadecimal(_ bytes: Span<UInt8>, limit: Int, to buffer: inout OutputBuffer) {
        let end = min(bytes.count, limit)
        buffer.append(hexadecimal: bytes.extracting(0..<end), indent: 8)
        appendRest(bytes.count - end, to: &buffer)
    }

    /// Says how much is there that was not asked for.
    func appendRest(_ count: Int, to buffer: inout OutputBuffer) {
        guard count > 0 else { return }
        appendNote(to: &buffer) { buffer in
            buffer.append(grouped: count)
            buffer.append(" more bytes not shown; --bodies all shows them")
        }
    }

    /// Appends a line in brackets.
    func appendNote(to buffer: inout OutputBuffer, _ body: (inout OutputBuffer) -> Void) {
        appendBracketed(.faint, to: &buffer, body)
    }

    /// Appends a line in brackets about something that is not as it should be.
    func appendWarning(to buffer: inout OutputBuffer, _ body: (inout OutputBuffer) -> Void) {
        appendBracketed(.warning, to: &buffer, body)
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

extension Message {
    /// Whether all of its content was sent, seen and kept.
    var isWhole: Bool { isComplete && lostContentLength == 0 }

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
