import Console
import Testing

@Suite struct ByteCountTests {
    @Test(arguments: [
        ("65536", 65_536), ("0", 0), ("64K", 65_536), ("64k", 65_536), ("64M", 67_108_864),
        ("2G", 2_147_483_648), ("8589934591G", 9_223_372_035_781_033_984), ("8589934592G", nil),
        ("99999999999999999999", nil), ("-1", nil), ("+1", nil), ("1.5M", nil), ("1MB", nil),
        ("M", nil), ("", nil), ("1 M", nil), ("٣", nil),
    ])
    func `a number of bytes may have a K, M or G behind it`(text: String, expected: Int?) {
        #expect(ByteCount(argument: text)?.bytes == expected)
    }
}
