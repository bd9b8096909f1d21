internal import Content
internal import HTTPWire
internal import Trace

/// Writes the content of a message: the length, how decoding went, and as much as was asked for.
///
/// A failure to decode is a finding of the message too, as far as the sender is at fault: the
/// finding stands at the field that names the coding, and the library's own words stand here.
struct ContentWriter: Sendable {
    /// How much of the bytes as sent `--bodies hex` shows.
    private static let hexadecimalLimit = 256

    private let bodies: BodyDisplay
    private let notes: NoteWriter
    private let rows: RowWriter
    private let readable: ReadableContentWriter
    private var mediaTypes = MediaTypeMemory()

    init(_ options: OutputOptions) {
        bodies = options.bodies ?? .text
        notes = NoteWriter(style: Style(usesColor: options.usesColor))
        rows = RowWriter(notes: notes)
        readable = ReadableContentWriter(
            rows: rows,
            decoder: ContentDecoder(limits: DecodingLimits(length: options.decodedLimit)),
            showsAll: bodies == .all
        )
    }

    /// Appends the content of `message`, where there is any to speak of.
    mutating func append(_ message: Message, to buffer: inout OutputBuffer) {
        guard let framing = Self.framing(of: message) else { return }
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
            notes.append(to: &buffer) { buffer in
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
            notes.append(to: &buffer) { $0.append("as sent, before content decoding") }
        }
        rows.append(hexadecimal: content, limit: Self.hexadecimalLimit, to: &buffer)
    }

    private mutating func appendReadable(_ message: Message, to buffer: inout OutputBuffer) {
        let content = ReadableContent(
            message.content,
            message.contentDescription(&mediaTypes),
            decoder: readable.decoder
        )
        if message.contentLength > 0 { readable.append(kindOf: content, to: &buffer) }
        buffer.append("\n")
        DecodingWriter(notes: notes).append(
            content.decoded,
            isWhole: message.isWhole,
            to: &buffer
        )
        var budget = bodies == .all ? ContentBudget.all : .beginning
        readable.append(content, isWhole: message.isWhole, &budget, to: &buffer)
    }

    /// How the end of the content is told, in words; `nil` where there is no content to speak of.
    private static func framing(of message: Message) -> StaticString? {
        switch message.framing {
        case .noContent: message.contentLength > 0 ? "" : nil
        case .length(let length): length > 0 || message.contentLength > 0 ? "" : nil
        case .chunked: " in chunks"
        case .untilClose: " until the connection closed"
        case .switched: message.contentLength > 0 ? " of another protocol" : nil
        }
    }
}
