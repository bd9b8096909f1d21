internal import Bytes

/// How content is best looked at.
package enum ContentKind: Sendable, Hashable {
    case json
    /// `application/x-www-form-urlencoded`.
    case form
    case multipart
    case text
    /// What nobody reads: images, archives and the like.
    case binary
    /// The type does not tell; the bytes may.
    case unknown

    /// The kind of a media type, given as `type/subtype` in lower case.
    init(essence: String) {
        let (family, rest) = essence[...].halves(at: UInt8(ascii: "/"))
        let (subtype, suffix) = rest.halves(at: UInt8(ascii: "+"))
        self =
            switch (family, suffix) {
            case (_, "json"), (_, "json-seq"): .json
            case ("multipart", _): .multipart
            case (_, "xml"), (_, "yaml"): .text
            case ("image", _), ("audio", _), ("video", _), ("font", _): .binary
            case ("text", _): Self.isJSON(subtype) ? .json : .text
            case ("application", _): Self.application(subtype)
            case ("message", _): .text
            default: .unknown
            }
    }

    /// Whether it is JSON, one text or several.
    private static func isJSON(_ subtype: Substring) -> Bool {
        switch subtype {
        case "json", "x-json", "json-seq", "x-json-seq", "x-ndjson", "ndjson", "jsonl", "x-jsonl",
            "jsonlines", "x-jsonlines", "json-lines", "x-json-stream", "json-stream",
            "stream-json", "x-ldjson":
            true
        default: false
        }
    }

    private static func application(_ subtype: Substring) -> ContentKind {
        if isJSON(subtype) { return .json }
        return switch subtype {
        case "x-www-form-urlencoded": .form
        case "xml", "javascript", "x-javascript", "ecmascript", "graphql", "sql", "http",
            "yaml", "x-yaml", "toml", "x-sh":
            .text
        case "zip", "gzip", "x-gzip", "zstd", "pdf", "wasm", "grpc", "protobuf", "x-protobuf",
            "msgpack", "x-msgpack", "cbor", "dns-message", "ocsp-request", "ocsp-response",
            "java-archive", "x-tar", "x-7z-compressed", "x-shockwave-flash":
            .binary
        default: .unknown
        }
    }
}

/// What the first bytes of content tell, for messages without a `Content-Type`.
package enum ContentSignature {
    private static let signatures: [(bytes: [UInt8], essence: String)] = [
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        (Array("GIF87a".utf8), "image/gif"),
        (Array("GIF89a".utf8), "image/gif"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        (Array("%PDF-".utf8), "application/pdf"),
        ([0x50, 0x4B, 0x03, 0x04], "application/zip"),
        ([0x1F, 0x8B, 0x08], "application/gzip"),
        ([0x28, 0xB5, 0x2F, 0xFD], "application/zstd"),
        (Array("wOFF".utf8), "font/woff"),
        (Array("wOF2".utf8), "font/woff2"),
        ([0x00, 0x61, 0x73, 0x6D], "application/wasm"),
    ]

    /// The media type that `content` begins like, or `nil`.
    package static func essence(of content: Span<UInt8>) -> String? {
        if content.count >= 12, content.starts(with: Array("RIFF".utf8)),
            content.extracting(8..<12).starts(with: Array("WEBP".utf8))
        {
            return "image/webp"
        }
        return signatures.first { content.starts(with: $0.bytes) }?.essence
    }
}

extension Substring {
    /// What stands in front of the first `separator`, an ASCII character, and what behind it.
    fileprivate func halves(at separator: UInt8) -> (Substring, Substring) {
        guard let index = utf8.firstIndex(of: separator) else { return (self, "") }
        return (self[..<index], self[utf8.index(after: index)...])
    }
}
