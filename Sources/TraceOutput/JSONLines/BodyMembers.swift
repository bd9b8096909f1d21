internal import Bytes
internal import Content
internal import Trace

/// Writes the content of a message, where asked for.
///
/// A message with content then ends with `body` and `bodyEncoding`: `utf-8` for text, codings and
/// charset removed; otherwise `base64`, codings removed; or `hex`, the bytes as sent. Beside them
/// stand `decodedLength` where a coding was removed, `decodingErrors` where one could not be
/// removed to the end, and `bodyTruncated` where there was more.
struct BodyMembers: Sendable {
    /// How content is shown; `nil` leaves the members out.
    let bodies: BodyDisplay?
    private let decoder: ContentDecoder
    private var mediaTypes = MediaTypeMemory()

    init(_ options: OutputOptions) {
        bodies = options.bodies
        var limits = DecodingLimits(length: options.decodedLimit)
        // Whoever wants all content says so: a line is to stay one that tools can read.
        if options.decodedLimit == nil, options.bodies == .text { limits.length = 1 << 20 }
        decoder = ContentDecoder(limits: limits)
    }

    /// Appends the members, where `message` has content.
    mutating func append(
        _ message: Message,
        _ bodies: BodyDisplay,
        to buffer: inout OutputBuffer
    ) {
        guard message.contentLength > 0 else { return }
        switch bodies {
        case .none: return
        case .hex: Self.append(hexadecimal: message.content.span, to: &buffer)
        case .text, .all: appendReadable(message, to: &buffer)
        }
    }

    private mutating func appendReadable(_ message: Message, to buffer: inout OutputBuffer) {
        let content = ReadableContent(
            message.content,
            message.contentDescription(&mediaTypes),
            decoder: decoder
        )
        let decoded = content.decoded
        if decoded.steps.contains(where: \.hasBegun) {
            buffer.append(",\"decodedLength\":")
            buffer.append(decoded.bytes.count)
        }
        append(errorsOf: decoded, isWhole: message.isWhole, to: &buffer)
        let isCut = message.lostContentLength > 0 || decoded.hasReachedLimit
        let text = content.characters(isWhole: message.isWhole && !isCut)
        if isCut || text?.isShortened == true { buffer.append(",\"bodyTruncated\":true") }
        if let text {
            buffer.append(",\"bodyEncoding\":\"utf-8\",\"body\":")
            buffer.append(json: text.bytes.span)
        } else {
            buffer.append(",\"bodyEncoding\":\"base64\",\"body\":\"")
            buffer.append(base64: decoded.bytes.span)
            buffer.append("\"")
        }
    }

    private func append(
        errorsOf decoded: DecodedContent,
        isWhole: Bool,
        to buffer: inout OutputBuffer
    ) {
        let errors = decoded.steps(isWhole: isWhole).compactMap { step, isInputWhole in
            step.complaint(isInputWhole: isInputWhole)
        }
        guard !errors.isEmpty else { return }
        buffer.append(",\"decodingErrors\":")
        for (index, error) in errors.enumerated() {
            buffer.append(index == 0 ? "[" : ",")
            buffer.append(json: error.utf8.span)
        }
        buffer.append("]")
    }

    private static func append(hexadecimal bytes: Span<UInt8>, to buffer: inout OutputBuffer) {
        buffer.append(",\"bodyEncoding\":\"hex\",\"body\":\"")
        buffer.append(hexadecimalDigits: bytes)
        buffer.append("\"")
    }
}

extension ReadableContent {
    /// The content as UTF-8, where UTF-8 tells all; without half a character at the end where
    /// content is not whole.
    fileprivate func characters(isWhole: Bool) -> (bytes: [UInt8], isShortened: Bool)? {
        guard let text else {
            let bytes = decoded.bytes.span
            let isText = kind == .multipart && bytes.isUTF8 && bytes.looksLikeText
            return isText ? (decoded.bytes, false) : nil
        }
        switch text.charset {
        case .other: if text.bytes.contains(where: { $0 >= 0x80 }) { return nil }
        // Escapes of the conversion are not to be taken for the content's own.
        case .legacy: if text.oddUnits > 0 { return nil }
        case .utf8, .ascii, .windows1252, .latin9, .utf16, .utf16BigEndian, .utf16LittleEndian:
            break
        }
        let unfinished = text.unfinishedLength
        if unfinished > 0, isWhole { return nil }
        let bytes = Array(text.bytes.dropLast(unfinished))
        return bytes.span.isUTF8 ? (bytes, unfinished > 0) : nil
    }
}
