import Charsets
import Content
import Testing

@Suite struct TextTests {
    @Test(arguments: [
        ("text/html", "text/html", Charset?.none),
        ("Text/HTML;Charset=UTF-8", "text/html", .utf8),
        (" text/plain ; x=\"a;charset=ascii\" ; charset=\"latin1\"", "text/plain", .windows1252),
        ("text/plain; charset=us-ascii; charset=utf-8", "text/plain", .ascii),
        ("text/plain; charset=", "text/plain", nil),
        ("text/plain; charset=\"", "text/plain", nil),
        ("text/plain; charset=\"utf\\-8", "text/plain", .utf8),
        ("text/plain; charset=koi8-r", "text/plain", .legacy(.koi8R)),
        ("text/plain; charset=utf-7", "text/plain", .other(Array("utf-7".utf8))),
        ("text/html; charset='utf-8'", "text/html", .utf8),
        ("text/html; charset='GB2312'; a=b", "text/html", .legacy(.gbk)),
        ("text/html; charset=\"'Shift_JIS'\"", "text/html", .legacy(.shiftJIS)),
        (";", "", nil), ("", "", nil), ("nonsense", "nonsense", nil),
        ("a/b\u{1B}[2J", "a/b\\x1b[2j", nil),
    ])
    func `a media type is read leniently`(value: String, essence: String, charset: Charset?) {
        let type = MediaType(value.utf8.span)
        #expect(type.essence == essence)
        #expect(type.charset == charset)
    }

    @Test(arguments: [
        ("multipart/form-data; boundary=----x=y", "----x=y"),
        ("multipart/mixed; Boundary=\"a b\\\"c\"; d=e", "a b\"c"),
        ("multipart/mixed; boundary=\"\"", nil), ("multipart/mixed", nil),
    ])
    func `a boundary is read`(value: String, boundary: String?) {
        #expect(MediaType(value.utf8.span).boundary == boundary.map { Array($0.utf8) })
    }

    @Test(arguments: [
        ("application/json", ContentKind.json), ("application/problem+json", .json),
        ("text/json", .json), ("application/x-ndjson", .json), ("application/jsonl", .json),
        ("application/json-seq", .json), ("application/geo+json-seq", .json),
        ("application/x-www-form-urlencoded", .form),
        ("multipart/mixed", .multipart), ("image/svg+xml", .text), ("image/png", .binary),
        ("application/javascript", .text), ("application/atom+xml", .text),
        ("application/octet-stream", .unknown), ("application/zip", .binary), ("x", .unknown),
        ("", .unknown), ("/", .unknown), ("font/woff2", .binary),
    ])
    func `a media type tells how to look at content`(essence: String, kind: ContentKind) {
        #expect(MediaType(essence.utf8.span).kind == kind)
    }

    @Test(
        arguments: [
            ([0x63, 0xE9, 0x80], .windows1252, "cé€", 0), ([0xA4, 0xE9], .latin9, "€é", 0),
            ([0xFE, 0xFF, 0, 0x41, 0x20, 0xAC], nil, "A€", 0),
            ([0xFF, 0xFE, 0x41, 0, 0x3D, 0xD8, 0, 0xDE], .utf16, "A😀", 0),
            ([0x41, 0, 0x42, 0], .utf16, "AB", 0), ([0, 0x41, 0, 0x42], .utf16, "AB", 0),
            ([0, 0x41], .utf16BigEndian, "A", 0), ([0x41, 0], .utf16LittleEndian, "A", 0),
            ([0xEF, 0xBB, 0xBF, 0x41], nil, "A", 0),
            ([0xEF, 0xBB, 0xBF, 0x41], .windows1252, "A", 0),
            ([0x41, 0xC3, 0xA9], nil, "Aé", 0), ([0x41, 0xC3, 0xA9], .ascii, "Aé", 2),
            ([0x41], .utf16BigEndian, nil, 1), ([0xD8, 0, 0, 0x41], .utf16BigEndian, nil, 1),
            ([0x41, 0x81, 0x81], .windows1252, nil, 2), ([], .utf16, "", 0), ([], nil, "", 0),
        ] as [([UInt8], Charset?, String?, Int)]
    )
    func `text is read by its charset`(
        content: [UInt8],
        label: Charset?,
        expected: String?,
        oddUnits: Int
    ) {
        let text = DecodedText(content, label: label)
        #expect(text.oddUnits == oddUnits)
        if let expected {
            #expect(text.bytes == Array(expected.utf8))
        } else {
            // What is not of the charset must not become text.
            let isUTF8 = text.bytes.span.isUTF8
            #expect(!isUTF8)
        }
    }

    @Test func `bytes of a charset that is not known stay, and are said to be no UTF-8`() {
        let text = DecodedText([0xC3, 0xA9], label: .other(Array("utf-7".utf8)))
        #expect(text.bytes == [0xC3, 0xA9])
        #expect(text.escapesHighBytes)
        #expect(DecodedText([0xC3], label: .ascii).escapesHighBytes)
        #expect(!DecodedText([0xC3], label: nil).escapesHighBytes)
    }
}
