import Charsets
import Testing

@Suite struct LegacyEncodingTests {
    private func text(_ bytes: [UInt8], _ encoding: LegacyEncoding) throws -> ConvertedText {
        let converted = ConvertedText(bytes.span, encoding)
        return try #require(converted)
    }

    @Test(
        arguments: [
            ("gb2312", [0xD6, 0xD0, 0xCE, 0xC4], "中文"), ("GBK", [0x81, 0x40, 0x80], "丂€"),
            ("gb18030", [0x81, 0x30, 0x81, 0x30, 0x41], "\u{80}A"),
            ("Big5", [0xA4, 0xA4, 0xA4, 0xE5], "中文"), ("big5-hkscs", [0x87, 0x40], "䏰"),
            ("Shift_JIS", [0x93, 0xFA, 0x96, 0x7B, 0xB1, 0x87, 0x40], "日本ｱ①"),
            ("euc-jp", [0xC6, 0xFC, 0xCB, 0xDC, 0x8E, 0xB1, 0xAD, 0xA1], "日本ｱ①"),
            ("iso-2022-jp", [0x1B, 0x24, 0x42, 0x46, 0x7C, 0x1B, 0x28, 0x42, 0x41], "日A"),
            ("euc-kr", [0xB0, 0xA1, 0x81, 0x41], "가갂"), ("ks_c_5601-1987", [0xB0, 0xA1], "가"),
            ("koi8-r", [0xF0, 0xD2], "Пр"), ("KOI8-U", [0xA4], "є"),
            ("windows-1251", [0xCF, 0xF0], "Пр"), ("cp1250", [0x9A], "š"),
            ("windows-1253", [0xE1], "α"), ("iso-8859-9", [0xFD, 0x80], "ı€"),
            ("windows-1255", [0xE0], "א"), ("windows-1256", [0xC7], "ا"),
            ("windows-1257", [0xE0], "ą"), ("windows-1258", [0xFE, 0x41], "₫A"),
            ("windows-874", [0xA1], "ก"), ("iso-8859-2", [0xB1], "ą"), ("l3", [0xA1], "Ħ"),
            ("iso-8859-4", [0xA2], "ĸ"), ("cyrillic", [0xB0], "А"), ("arabic", [0xC7], "ا"),
            ("greek", [0xE1], "α"), ("hebrew", [0xE0], "א"), ("iso-8859-8-i", [0xE0], "א"),
            ("latin6", [0xA1], "Ą"), ("iso-8859-13", [0xA1], "”"), ("iso-8859-14", [0xA1], "Ḃ"),
            ("iso-8859-16", [0xA1], "Ą"), ("ibm866", [0x80], "А"), ("macintosh", [0x80], "Ä"),
            ("x-mac-cyrillic", [0x80], "А"),
        ] as [(String, [UInt8], String)]
    )
    func `each encoding is read as browsers read it`(
        label: String,
        bytes: [UInt8],
        expected: String
    ) throws {
        let encoding = try #require(LegacyEncoding(label: label))
        let converted = try text(bytes, encoding)
        #expect(String(decoding: converted.bytes, as: UTF8.self) == expected)
        #expect((converted.oddBytes, converted.unfinishedBytes) == (0, 0))
    }

    @Test(arguments: LegacyEncoding.allCases)
    func `every encoding has its own name as a label, and ASCII in it`(
        encoding: LegacyEncoding
    ) throws {
        #expect(LegacyEncoding(label: encoding.rawValue) == encoding)
        let ascii = Array("Hello <b>World</b> 0123456789\r\n".utf8)
        #expect(try text(ascii, encoding).bytes == ascii)
    }

    @Test(arguments: [
        "", "utf-8", "utf-7", "iso-8859-1", "replacement", "hz-gb-2312", "//TRANSLIT",
    ])
    func `other labels are none of them`(label: String) {
        #expect(LegacyEncoding(label: label) == nil)
    }

    @Test(
        arguments: [
            (.gbk, [0xD6, 0xD0, 0xFF, 0x41], 1, 0), (.gbk, [0xD6, 0xD0, 0xD6], 0, 1),
            (.gbk, [0x81, 0x20], 1, 0), (.eucKR, [0xC9, 0xA1, 0x41], 2, 0),
            (.shiftJIS, [0x81], 0, 1), (.iso8859Part7, [0xD2, 0xAE], 2, 0),
            (.windows1253, [0xAA, 0xD2], 2, 0),
        ] as [(LegacyEncoding, [UInt8], Int, Int)]
    )
    func `what is not of the encoding stays in sight`(
        encoding: LegacyEncoding,
        bytes: [UInt8],
        odd: Int,
        unfinished: Int
    ) throws {
        let converted = try text(bytes, encoding)
        #expect((converted.oddBytes, converted.unfinishedBytes) == (odd, unfinished))
        // It must not become text.
        #expect(String(validating: converted.bytes, as: UTF8.self) == nil)
        let whole = converted.bytes.dropLast(converted.unfinishedLength)
        if odd == 0 { #expect(String(validating: whole, as: UTF8.self) != nil) }
    }

    @Test(arguments: LegacyEncoding.allCases)
    func `no bytes crash it, and none are lost`(encoding: LegacyEncoding) throws {
        for first in UInt8.min...UInt8.max {
            for second in stride(from: 0, through: 0xFF, by: 15) {
                let bytes = [first, UInt8(second), 0x41, first, UInt8(second)]
                let converted = try text(bytes, encoding)
                if converted.oddBytes + converted.unfinishedBytes == 0 {
                    #expect(String(validating: converted.bytes, as: UTF8.self) != nil)
                } else {
                    #expect(converted.bytes.count >= converted.oddBytes)
                }
            }
        }
    }

    @Test func `content of another encoding is given up`() throws {
        let foreign = [UInt8](repeating: 0xFF, count: 1 << 20)
        let converted = try text(foreign, .gbk)
        #expect(converted.isRefuted)
        #expect(converted.bytes.count < 1 << 19)
        let few = try text([UInt8](repeating: 0xFF, count: 200), .gbk)
        #expect(!few.isRefuted)
        #expect(few.oddBytes == 200)
    }

    @Test func `long text needs many steps`() throws {
        let bytes = Array(repeating: [0xD6, 0xD0] as [UInt8], count: 100_000).flatMap { $0 }
        let converted = try text(bytes, .gbk)
        #expect(converted.bytes == Array(String(repeating: "中", count: 100_000).utf8))
    }
}
