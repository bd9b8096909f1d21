import Content
import Support
import Testing

@Suite struct CodingFaultTests {
    private static let gzipped = compress(Coded.bytes, .gzip)
    private static let zipped = compressZlib(Coded.bytes)
    private static let zstandard = compress(Coded.bytes, .zstd)
    private static let plain = Array("Hello World! This was never compressed.\n".utf8)

    private static func changed(_ bytes: [UInt8], fromEnd place: Int) -> [UInt8] {
        var bytes = bytes
        bytes[bytes.count - place] ^= 1
        return bytes
    }

    private static func faults(
        _ coded: [UInt8],
        _ names: String,
        isWhole: Bool = true
    ) -> [CodingFault] {
        Coded.decode(coded, names).faults(isWhole: isWhole).map(\.fault)
    }

    @Test(
        arguments: [
            ("gzip", plain, [.otherFormat]), ("deflate", plain, [.otherFormat]),
            ("zstd", plain, [.otherFormat]), ("br", plain, [.damaged]),
            ("gzip", zipped, [.otherFormat]), ("zstd", gzipped, [.otherFormat]),
            ("gzip", changed(gzipped, fromEnd: 8), [.wrongChecksum]),
            ("gzip", changed(gzipped, fromEnd: 4), [.wrongChecksum]),
            ("gzip", gzipped + changed(gzipped, fromEnd: 8), [.wrongChecksum]),
            ("deflate", changed(zipped, fromEnd: 1), [.wrongChecksum]),
            ("gzip", gzipped.dropLast(), [.endsEarly]), ("gzip", gzipped.dropLast(8), [.endsEarly]),
            ("deflate", zipped.dropLast(), [.endsEarly]),
            ("br", Coded.brotli.dropLast(), [.endsEarly]),
            ("zstd", zstandard.dropLast(), [.endsEarly]), ("gzip", [0x1F], [.endsEarly]),
            ("gzip", gzipped + [0, 0], [.followedByOther]),
            ("deflate", zipped + [0], [.followedByOther]),
            ("zstd", zstandard + plain, [.followedByOther]),
            ("br", Coded.brotli + [1], [.followedByOther]),
            ("deflate", compressRawDeflate(Coded.bytes), [.withoutWrapping]),
            (
                "deflate", compressRawDeflate(Coded.bytes) + plain,
                [.withoutWrapping, .followedByOther]
            ),
            ("deflate", compressRawDeflate(Coded.bytes).dropLast(9), [.otherFormat]),
            ("utf-8", plain, [.unknownName]), ("none", plain, [.unknownName]),
            ("compress", plain, [.notRemoved]), ("aws-chunked", plain, [.notRemoved]),
            // Behind the one that fails nothing is known.
            ("br, utf-8, gzip", gzipped, [.unknownName]),
            ("gzip, gzip", gzipped.dropLast(), [.endsEarly]),
            ("gzip, gzip", plain, [.otherFormat]),
            ("identity", plain, []), ("gzip", [], []), ("x-gzip", gzipped, []),
        ] as [(String, [UInt8], [CodingFault])]
    )
    func `what is wrong is told by the bytes`(
        names: String,
        coded: [UInt8],
        expected: [CodingFault]
    ) {
        #expect(Self.faults(coded, names) == expected)
    }

    @Test(arguments: Coded.whole)
    func `nothing is wrong with what each library makes`(name: String, coded: [UInt8]) {
        let isBare = coded == compressRawDeflate(Coded.bytes)
        #expect(Self.faults(coded, name) == (isBare ? [.withoutWrapping] : []))
    }

    @Test(arguments: Coded.whole)
    func `of content that is not whole nothing is said`(name: String, coded: [UInt8]) {
        for length in 1...coded.count {
            #expect(Self.faults(Array(coded.prefix(length)), name, isWhole: false) == [])
        }
        #expect(Self.faults(coded, "utf-8", isWhole: false) == [.unknownName])
    }
}
