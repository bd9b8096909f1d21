import Content
import Support
import Testing

@Suite struct ReadableContentTests {
    private func read(
        _ content: [UInt8],
        _ fields: [(String, String)] = []
    ) -> ReadableContent {
        var description = ContentDescription()
        for (name, value) in fields {
            description.note(name: name.utf8.span, value: value.utf8.span)
        }
        return ReadableContent(content, description, decoder: ContentDecoder())
    }

    static let octets = "application/octet-stream"
    static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0xD]

    @Test(
        arguments: [
            (png, nil, .binary, "image/png"), (Array("hello".utf8), nil, .text, nil),
            (Array(" {\"a\":1}".utf8), nil, .json, nil), (Array("{not JSON".utf8), nil, .text, nil),
            ([0, 1, 2], nil, .binary, nil), (Array("GIF89a...".utf8), nil, .binary, "image/gif"),
            // A type that is there is believed, and no other looked for.
            (png, "application/x-thing", .binary, "application/x-thing"),
            (Array("{}".utf8), "text/plain", .text, "text/plain"),
            (Array("GIF89a".utf8), "text/plain", .text, "text/plain"),
            (Array("hello".utf8), "image/png", .binary, "image/png"),
            (Array("hello".utf8), "application/octet-stream", .text, "application/octet-stream"),
            // One that promises text is not believed against the bytes.
            (png, "text/html", .binary, nil), (png, "application/json", .binary, nil),
            ([0, 0x41], "text/plain; charset=utf-16be", .text, "text/plain"),
            ([0xC1, 0xC2, 0xC3], "text/plain; charset=utf-7", .text, "text/plain"),
            (Array("x".utf8), "multipart/mixed", .multipart, "multipart/mixed"),
            // Two bytes alone are no text, whatever they say of the next.
            ([0xFE, 0xFF], nil, .binary, nil), ([0xEF, 0xBB, 0xBF], nil, .binary, nil),
            ([0xFE, 0xFF, 0, 0x41], nil, .text, nil),
            ([0xFE, 0xFF, 0, 0x41], "text/plain", .text, "text/plain"),
            ([0xFE, 0xFF, 0, 0x41], octets, .binary, octets),
            ([0xEF, 0xBB, 0xBF, 0x41], octets, .text, octets),
        ] as [([UInt8], String?, ContentKind, String?)]
    )
    func `content is looked at by its type`(
        content: [UInt8],
        type: String?,
        kind: ContentKind,
        essence: String?
    ) {
        let readable = read(content, type.map { [("Content-Type", $0)] } ?? [])
        #expect(readable.kind == kind)
        if essence != nil || readable.kind == .binary { #expect(readable.essence == essence) }
    }

    @Test func `content that is still coded is no text, and no image`() {
        let coded = compress(Coded.bytes, .gzip)
        let fields = [("Content-Type", "text/plain"), ("Content-Encoding", "unknown")]
        #expect(read(coded, fields).kind == .binary)
        #expect(read(coded, fields).essence == nil)
        let image = [("Content-Type", "image/png"), ("Content-Encoding", "unknown")]
        #expect(read(coded, image).essence == nil)
        // Sent as it is under the name of a coding.
        let plain = [("Content-Type", "text/plain"), ("Content-Encoding", "gzip")]
        #expect(read(Coded.bytes, plain).kind == .text)
    }

    @Test func `transfer codings are removed before content codings`() {
        let coded = compress(compressZlib(Coded.bytes), .gzip)
        let fields = [("transfer-encoding", "gzip, chunked"), ("content-encoding", "deflate")]
        let readable = read(coded, fields)
        #expect(readable.decoded.bytes == Coded.bytes)
        #expect(readable.decoded.steps.map(\.coding.layer) == [.transfer, .content])
        #expect(read(coded, fields.reversed()).decoded.bytes == Coded.bytes)
    }

    @Test func `codings on several lines are one list`() {
        let coded = compress(compressZlib(Coded.bytes), .gzip)
        let fields = [("Content-Encoding", "deflate"), ("Content-Encoding", "gzip")]
        #expect(read(coded, fields).decoded.bytes == Coded.bytes)
    }
}
