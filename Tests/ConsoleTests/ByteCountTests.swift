import Console
import Testing

@Suite struct ByteCountTests {
    @Test(arguments: [
        ("65536", 65_536), ("0", 0), ("64K", 65_536), ("64k", 65_536), ("64M", 67_108_864),
        ("2G", 2_147_483_648), ("8589934591G", 9_223_372_035_781_033_984), ("8589934592G", nil),
        ("99999999999999999999", nil), ("-1", nil), ("+1", nil), ("1.5M", nil), ("1MB", nil),
        ("64KiB", 65_536), ("1gib", 1 << 30), ("2MiB", 2_097_152), ("64iB", nil), ("MiB", nil),
        ("M", nil), ("", nil), ("1 M", nil), ("٣", nil),
    ])
    func `a number of bytes may have a K, M or G behind it`(text: String, expected: Int?) {
        #expect(ByteCount(argument: text)?.bytes == expected)
    }

    @Test(arguments: [
        (0, "0"), (1000, "1000"), (1024, "1KiB"), (262_144, "256KiB"), (64 << 20, "64MiB"),
        (1 << 30, "1GiB"), (1025 << 20, "1025MiB"),
    ])
    func `it is shown as it may be typed`(bytes: Int, text: String) {
        #expect(ByteCount(bytes).defaultValueDescription == text)
        #expect(ByteCount(argument: text)?.bytes == bytes)
    }
}
