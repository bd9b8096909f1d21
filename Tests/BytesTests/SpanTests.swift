import Bytes
import Support
import Testing

@Suite struct SpanTests {
    private static let bytes: [UInt8] = [0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0x10]

    @Test func `integers are read in both byte orders at any offset`() {
        let span = Self.bytes
        #expect(span.bigEndianUInt16(at: 1) == 0x2345)
        #expect(span.littleEndianUInt16(at: 1) == 0x4523)
        #expect(span.bigEndianUInt32(at: 1) == 0x2345_6789)
        #expect(span.littleEndianUInt32(at: 1) == 0x8967_4523)
        #expect(span.bigEndianUInt64(at: 1) == 0x2345_6789_ABCD_EF10)
        #expect(span.littleEndianUInt64(at: 1) == 0x10EF_CDAB_8967_4523)
    }

    @Test(arguments: [(0x45, 0, 2), (0x45, 2, 2), (0x45, 3, nil), (0x10, 0, 8), (0x10, 9, nil)])
    func `a byte is found from a place on`(byte: UInt8, start: Int, index: Int?) {
        #expect(Self.bytes.firstIndex(of: byte, from: start) == index)
    }

    @Test func `nothing is found in no bytes`() {
        let none: [UInt8] = []
        #expect(none.firstIndex(of: 0, from: 0) == nil)
        #expect(none.starts(with: ""))
        #expect(!none.starts(with: "a"))
        #expect(none.equalsIgnoringCase(""))
        #expect(none.firstUnprintable(from: 0, to: 0) == nil)
    }

    @Test func `prefixes are found at an offset, and nowhere beyond the bytes`() {
        let bytes = Array("HTTP/1.1".utf8)
        #expect(bytes.starts(with: "HTTP/"))
        #expect(bytes.starts(with: "1.1", at: 5))
        #expect(!bytes.starts(with: "1.1\r", at: 5))
        #expect(!bytes.starts(with: "", at: 9))
        #expect(!bytes.starts(with: "H", at: -1))
    }

    @Test(arguments: [("HOST", true), ("host", true), ("hos", false), ("h0st", false)])
    func `letters of either case are equal, other bytes are not`(text: String, isEqual: Bool) {
        #expect(Array(text.utf8).equalsIgnoringCase("Host") == isEqual)
    }

    @Test(arguments: 0..<14) func `only the case of a letter may differ in a long name`(index: Int)
    {
        let name = Array("Content-Length".utf8)
        for byte in UInt8.min ... .max {
            var other = name
            other[index] = byte
            let isSame = byte == name[index] || name[index].isLetter && byte == name[index] ^ 0x20
            #expect(other.equalsIgnoringCase("Content-Length") == isSame)
        }
    }

    @Test func `the search by words finds the byte that a search by bytes finds`() {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<5000 {
            let count = Int.random(in: 0...30, using: &generator)
            var bytes = (0..<count).map { _ in UInt8.random(in: 0x20...0x7E, using: &generator) }
            if let index = bytes.indices.randomElement(using: &generator) {
                bytes[index] = UInt8.random(in: 0...255, using: &generator)
            }
            let start = Int.random(in: 0...count, using: &generator)
            let expected = bytes[start...].firstIndex { $0 < 0x20 || $0 > 0x7E }
            #expect(bytes.firstUnprintable(from: start, to: count) == expected)
        }
    }

    @Test func `bytes are classed as the grammar has them`() {
        let token = Set("!#$%&'*+-.^_`|~0123456789".utf8)
        for byte in UInt8.min...UInt8.max {
            let isLetter = 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
            #expect(byte.isLetter == isLetter)
            #expect(byte.isToken == (isLetter || token.contains(byte)))
            #expect(byte.isDigit == (0x30...0x39 ~= byte))
            #expect(byte.isBlank == (byte == 0x20 || byte == 0x09))
            #expect(byte.isControl == (byte < 0x20 && byte != 0x09 || byte == 0x7F))
            let digit = String(UnicodeScalar(byte)).first?.hexDigitValue
            #expect(byte.hexadecimalValue.map(Int.init) == digit)
        }
    }
}

/// What `#expect` can call: a span cannot be captured.
extension [UInt8] {
    fileprivate func bigEndianUInt16(at offset: Int) -> UInt16 { span.bigEndianUInt16(at: offset) }
    fileprivate func bigEndianUInt32(at offset: Int) -> UInt32 { span.bigEndianUInt32(at: offset) }
    fileprivate func bigEndianUInt64(at offset: Int) -> UInt64 { span.bigEndianUInt64(at: offset) }
    fileprivate func littleEndianUInt16(at offset: Int) -> UInt16 {
        span.littleEndianUInt16(at: offset)
    }
    fileprivate func littleEndianUInt32(at offset: Int) -> UInt32 {
        span.littleEndianUInt32(at: offset)
    }
    fileprivate func littleEndianUInt64(at offset: Int) -> UInt64 {
        span.littleEndianUInt64(at: offset)
    }
    fileprivate func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        span.firstIndex(of: byte, from: start)
    }
    fileprivate func starts(with prefix: StaticString, at offset: Int = 0) -> Bool {
        span.starts(with: prefix, at: offset)
    }
    fileprivate func equalsIgnoringCase(_ text: StaticString) -> Bool {
        span.equalsIgnoringCase(text)
    }
    fileprivate func firstUnprintable(from start: Int, to end: Int) -> Int? {
        span.firstUnprintable(from: start, to: end)
    }
}
