internal import Bytes

/// Content made ready to be looked at: codings removed, its kind told, text in UTF-8.
package struct ReadableContent: Sendable {
    package let decoded: DecodedContent

    /// How to look at it; never ``ContentKind/unknown``.
    package private(set) var kind: ContentKind

    /// The media type, said or told by the first bytes; `nil` where neither, and where what is said
    /// is not so.
    package private(set) var essence: String?

    /// The boundary of ``ContentKind/multipart``.
    package let boundary: [UInt8]?

    /// The text of kinds that are text as a whole.
    package private(set) var text: DecodedText?

    /// Whether no `Content-Type` says what it is.
    package let isUndeclared: Bool

    /// Reads `content`, of which `description` speaks.
    package init(
        _ content: [UInt8],
        _ description: ContentDescription,
        decoder: ContentDecoder
    ) {
        decoded = decoder.decode(content, description.codings)
        let type = description.mediaType
        isUndeclared = type == nil
        essence = type?.essence
        boundary = type?.boundary
        kind = type?.kind ?? .unknown
        let signature = type == nil ? ContentSignature.essence(of: decoded.bytes.span) : nil
        if let signature {
            essence = signature
            kind = .binary
        }
        switch kind {
        case .multipart:
            // Parts may be anything; without a boundary there are none.
            if boundary == nil { readText(type?.charset) }
        case .binary: if !decoded.isDecoded { readText(nil) }
        case .json, .form, .text, .unknown: readText(type?.charset)
        }
    }

    /// Takes it as text, or as binary where it is none.
    private mutating func readText(_ label: Charset?) {
        var label = label
        if label == nil, decoded.isDecoded {
            label = DocumentCharset.charset(of: decoded.bytes.span, essence: essence)
        }
        // What is declared as something else than text is none because of how two bytes look.
        let text = DecodedText(
            decoded.bytes,
            label: label,
            heedsMark: kind != .unknown || isUndeclared
        )
        var hasForeignLetters = false
        if case .other = text.charset { hasForeignLetters = true }
        let isMarkAlone = text.bytes.isEmpty && !decoded.bytes.isEmpty
        let isReadable =
            !isMarkAlone
            && text.bytes.span.looksLikeText(
                highBytesAreText: hasForeignLetters,
                separatorsAreText: kind == .json
            )
        guard isReadable else {
            // An unknown type is not refuted by this; one that promises text is, and of content
            // that is still coded nothing is known.
            if kind != .unknown || !decoded.isDecoded { essence = nil }
            kind = .binary
            return
        }
        self.text = text
        switch kind {
        case .json, .form, .text, .multipart: break
        case .unknown:
            kind = isUndeclared && text.isJSON ? .json : .text
        case .binary: kind = .text
        }
    }
}

extension DecodedText {
    /// Whether it is a JSON object or array, or several of them.
    fileprivate var isJSON: Bool {
        guard let first = bytes.first(where: { !$0.isWhiteSpace }),
            first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        else { return false }
        return JSONTexts(bytes.span, limit: 0).outcome == .complete
    }
}
