import Charsets
import Content
import Testing

/// What a document says of its own charset, seen by how it is read.
@Suite struct DocumentCharsetTests {
    private func charset(_ document: String, _ type: String?) -> Charset? {
        var description = ContentDescription()
        if let type { description.mediaType = MediaType(type.utf8.span) }
        return ReadableContent(Array(document.utf8), description, decoder: ContentDecoder())
            .text?.charset
    }

    @Test(
        arguments: [
            ("<meta charset=gbk>", .legacy(.gbk)), ("<META CHARSET = 'GBK' />", .legacy(.gbk)),
            ("<html>\n<head><meta charset=\"windows-1252\">", .windows1252),
            ("<meta/charset=koi8-r>", .legacy(.koi8R)),
            (
                "<meta http-equiv=Content-Type content='text/html; charset=big5'>", .legacy(.big5)
            ),
            (
                "<meta content=\"text/html;charset=sjis;x=y\" http-equiv=\"content-type\">",
                .legacy(.shiftJIS)
            ),
            // What it names could not have been read as it is.
            ("<meta charset=utf-16>", .utf8),
            ("<meta charset=nonsense>", .other(Array("nonsense".utf8))),
            // In comments, in attributes, in other elements, and without the right neighbour.
            ("<!-- <meta charset=gbk> --><p>", .utf8), ("<a title='<meta charset=gbk>'>", .utf8),
            ("<metal charset=gbk>", .utf8), ("<meta name=x content='charset=gbk'>", .utf8),
            ("<meta charset=gbk", .utf8), ("<meta charset='gbk>", .utf8),
            ("<meta charset=>", .utf8),
            ("<meta", .utf8), ("<", .utf8), ("<!--", .utf8), ("<!-->", .utf8), ("<meta =", .utf8),
            ("<meta http-equiv=content-type content=charset", .utf8),
            ("<meta http-equiv=content-type content='charset = \"gbk'>", .utf8),
            ("<?xml version='1.0' encoding='euc-jp'?><html/>", .legacy(.eucJP)),
            ("<?xml encoding", .utf8), ("<?xml encoding=?>", .utf8),
            ("<?xml encoding='gbk?>", .utf8),
            (String(repeating: "<p>", count: 400) + "<meta charset=gbk>", .utf8),
        ] as [(String, Charset)]
    )
    func `a page may name its charset`(page: String, expected: Charset) {
        #expect(charset(page, "text/html") == expected)
        #expect(charset(page, nil) == expected)
        // What the message says counts more, and of other text nothing is looked for.
        #expect(charset(page, "text/html; charset=utf-8") == .utf8)
        #expect(charset(page, "text/plain") == .utf8)
    }

    @Test(
        arguments: [
            ("text/xml", "<?xml version=\"1.0\" encoding = \"GB18030\" ?>", .legacy(.gb18030)),
            ("application/atom+xml", "<?xml encoding='ISO-8859-2'?>", .legacy(.iso8859Part2)),
            ("application/xml", "<meta charset=gbk>", .utf8),
            ("text/css", "@charset \"iso-8859-7\";", .legacy(.iso8859Part7)),
            ("text/css", "@charset 'gbk';", .utf8), ("text/css", "@charset \"gbk", .utf8),
        ] as [(String, String, Charset)]
    )
    func `so may other documents`(type: String, document: String, expected: Charset) {
        #expect(charset(document, type) == expected)
    }
}
