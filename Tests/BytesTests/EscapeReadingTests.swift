import Bytes
import Testing

@Suite struct EscapeReadingTests {
    @Test(arguments: [
        (#"a\r\n\t\\\x00\xfF"#, "a\r\n\t\\\0\u{FF}"), ("é", "é"), ("", ""),
        ("a\r\nb\n", "a\r\nb\n"),
    ])
    func `escapes become what they stand for, and all else stays`(
        text: String,
        meant: String
    ) throws {
        let bytes = try EscapedText.unescape(Array(text.utf8).span)
        #expect(String(decoding: bytes, as: UTF8.self) == meant || bytes == latin1(meant))
    }

    private func latin1(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }

    @Test(arguments: [
        (#"\q"#, 0), (#"ab\"#, 2), (#"\x4"#, 0), (#"\\\x4g"#, 2), (#"\X41"#, 0),
    ])
    func `what is no escape is told by its place`(text: String, index: Int) {
        let error = #expect(throws: EscapedText.UnknownEscape.self) {
            try EscapedText.unescape(Array(text.utf8).span)
        }
        #expect(error?.index == index)
    }

    @Test(arguments: [
        // Written in lines, for people: the escapes are the line ends.
        ("GET / HTTP/1.1\\r\\n\nHost: h\\n\n", "GET / HTTP/1.1\r\nHost: h\n"),
        ("a\\r\\n\r\nb\\\nc\\\r\nd", "a\r\nbcd"),
        // Written by a program: the bytes themselves are.
        ("GET / HTTP/1.1\r\nHost: h\n\n", "GET / HTTP/1.1\r\nHost: h\n\n"),
        ("a\\r\\n\n\nb", "a\r\n\nb"), ("\\r\nb", "\rb"),
    ])
    func `lines of a file are joined only behind an escape`(text: String, meant: String) throws {
        let bytes = try EscapedText.unescape(Array(text.utf8).span, joiningLines: true)
        #expect(bytes == Array(meant.utf8))
    }

    @Test func `what was escaped for people reads back as it was`() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let bytes = (0..<40).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let text = EscapedText.escape(bytes.span)
            #expect(try EscapedText.unescape(Array(text.utf8).span) == bytes)
        }
    }

    @Test(arguments: [
        (Duration.milliseconds(250), "250ms"), (.zero, "0ms"), (.seconds(2), "2s"),
        (.microseconds(1500), "1.5ms"), (.nanoseconds(1), "0.000001ms"),
        (.milliseconds(61_001), "61.001s"), (.seconds(10_100), "10100s"),
        (.nanoseconds(999_999_999), "999.999999ms"),
    ])
    func `a time is spelled so that it can be read again`(time: Duration, text: String) throws {
        #expect(time.spelling == text)
        let read = try #require(Duration(spelling: text))
        #expect(read == time)
    }
}
