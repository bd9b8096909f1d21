import Bytes
import Content

/// Content that says it is coded: decoding ends within its limit, and what it is made of lies in it.
struct ContentInput {
    private static let codings = [
        "", "gzip", "deflate", "br", "zstd", "x-gzip, br", "identity, gzip", "zstd, zstd, gzip",
        "deflate, deflate, deflate, deflate, deflate, deflate", "nobody's",
    ]
    private static let types = [
        "", "text/plain", "application/json; charset=utf-8", "text/html; charset=utf-16",
        "application/x-www-form-urlencoded", "multipart/form-data; boundary=\"b\"", "image/png",
        "text/plain; charset=iso-8859-1", "multipart/mixed; boundary=\"--\"", "application/a+json",
        "text/html", "text/css", "application/xml", "application/json-seq",
        "multipart/x-mixed-replace; boundary=--b", "text/plain; charset=gb18030",
        "text/plain; charset=big5", "text/plain; charset=shift_jis", "text/plain; charset=euc-jp",
        "text/plain; charset=euc-kr", "text/plain; charset=iso-2022-jp",
        "application/json; charset=windows-1258", "text/plain; charset='iso-8859-7'",
    ]
    private static let lengthLimit = 1 << 18

    private let description: ContentDescription
    private let content: [UInt8]

    init(_ input: [UInt8]) {
        let choices = input.prefix(2) + Array(repeating: 0, count: max(0, 2 - input.count))
        var description = ContentDescription()
        let fields = [
            ("Content-Encoding", Self.codings[Int(choices[0]) % Self.codings.count]),
            ("Content-Type", Self.types[Int(choices[1]) % Self.types.count]),
        ]
        for (name, value) in fields where !value.isEmpty {
            description.note(name: Array(name.utf8).span, value: Array(value.utf8).span)
        }
        self.description = description
        content = Array(input.dropFirst(2))
    }

    func check() {
        let decoder = ContentDecoder(limits: DecodingLimits(length: Self.lengthLimit))
        let readable = ReadableContent(content, description, decoder: decoder)
        let bytes = readable.decoded.bytes
        require(
            readable.decoded.steps.isEmpty || bytes.count <= max(Self.lengthLimit, content.count),
            "\(bytes.count) bytes are beyond the limit"
        )
        require(readable.kind != .unknown, "content of no kind")
        if let text = readable.text {
            require(text.oddUnits >= 0, "less than no odd units")
            require(text.unfinishedLength <= text.bytes.count, "an end longer than the text")
        }
        _ = readable.decoded.faults(isWhole: true)
        checkParts(bytes, readable.boundary ?? Array("b".utf8))
        checkForm(bytes)
        let layout = JSONLayout(bytes.span, limit: 10_000)
        require(layout.text.count <= 10_000 + 100, "a layout of \(layout.text.count) bytes")
        let texts = JSONTexts(bytes.span, limit: 10_000)
        require(texts.text.count <= 10_000 + 100, "texts laid out to \(texts.text.count) bytes")
        if layout.outcome == .complete {
            require(texts.count == 1 && texts.text == layout.text, "one text read as others")
        }
    }

    private func checkParts(_ bytes: [UInt8], _ boundary: [UInt8]) {
        var parts = MultipartParts(boundary: boundary, acceptsHyphens: true)
        var end = 0
        while let part = parts.next(in: bytes.span) {
            require(bytes.indices.contains(part.content), "a part outside of the content")
            require(bytes.indices.contains(part.fields), "fields outside of the content")
            require(part.content.upperBound >= end, "parts run backwards")
            end = part.content.upperBound
        }
    }

    private func checkForm(_ bytes: [UInt8]) {
        var items = FormItems()
        var count = 0
        while let item = items.next(in: bytes.span) {
            count += 1
            require(count <= bytes.count + 1, "no end of form items")
            require(bytes.indices.contains(item.name), "a name outside of the form")
            let name = FormItems.decode(bytes.span.extracting(item.name))
            require(name.bytes.count <= item.name.count, "decoding makes \(item.name) longer")
        }
    }
}
