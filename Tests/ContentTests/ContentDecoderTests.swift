import Content
import Support
import Testing

@Suite struct ContentDecoderTests {
    @Test(arguments: Coded.whole)
    func `each coding is removed`(name: String, coded: [UInt8]) throws {
        let decoded = Coded.decode(coded, name)
        #expect(decoded.bytes == Coded.bytes)
        let step = try #require(decoded.steps.first)
        #expect(step.outcome == .complete)
        #expect(step.actualFormat == nil)
        #expect((step.codedLength, step.decodedLength) == (coded.count, Coded.bytes.count))
        #expect(decoded.isDecoded)
    }

    @Test(arguments: Coded.whole)
    func `content that is cut anywhere is decoded as far as it goes`(
        name: String,
        coded: [UInt8]
    ) {
        for length in 1..<coded.count {
            let decoded = Coded.decode(Array(coded.prefix(length)), name)
            guard let outcome = decoded.steps.first?.outcome else {
                Issue.record("nothing was tried")
                return
            }
            switch outcome {
            // Between two members nothing is missing.
            case .complete: #expect(decoded.bytes == Coded.firstHalf || decoded.bytes.isEmpty)
            // The beginning of a second member that is too short to be known as one.
            case .followedByOther(let count): #expect(count < 4)
            case .endsEarly: #expect(Coded.bytes.starts(with: decoded.bytes))
            // A cut that leaves no sign of the format: nothing came out.
            case .failed: #expect(decoded.bytes == Array(coded.prefix(length)))
            default: Issue.record("\(outcome) for the first \(length) bytes of \(name)")
            }
        }
    }

    @Test func `what could be decoded stands before the damage`() {
        let long = Array((1...20_000).map { "\($0 &* 0x9E37_79B9)\n" }.joined().utf8)
        var damaged = compress(long, .gzip)
        for index in damaged.count / 2..<damaged.count / 2 + 64 { damaged[index] = 0xFF }
        let decoded = Coded.decode(damaged, "gzip")
        guard case .failed(let reason, let offset)? = decoded.steps.first?.outcome else {
            Issue.record("\(String(describing: decoded.steps.first?.outcome))")
            return
        }
        #expect(!reason.isEmpty)
        #expect((damaged.count / 2...damaged.count).contains(offset))
        #expect(zip(decoded.bytes, long).prefix { $0 == $1 }.count > long.count / 4)
        #expect(!decoded.isDecoded)
    }

    @Test func `blocks of zstd before a damaged one are kept`() {
        let first = compress(Coded.firstHalf, .zstd)
        var second = compress(Coded.secondHalf, .zstd)
        // The type of the first block, behind magic, descriptor and a content size of two bytes.
        second[7] |= 0x06
        let decoded = Coded.decode(first + second, "zstd")
        #expect(decoded.bytes == Coded.firstHalf)
        guard case .failed(_, let offset)? = decoded.steps.first?.outcome else {
            Issue.record("\(String(describing: decoded.steps.first?.outcome))")
            return
        }
        #expect((first.count...first.count + 10).contains(offset))
    }

    @Test(arguments: Coded.whole)
    func `no changed byte crashes or grows content without end`(name: String, coded: [UInt8]) {
        for index in coded.indices {
            for mask: UInt8 in [0x01, 0x80, 0xFF] {
                var changed = coded
                changed[index] ^= mask
                let decoded = Coded.decode(changed, name, limit: 2000)
                #expect(decoded.bytes.count <= 2000)
            }
        }
    }

    @Test func `a wrong checksum is said, and the content shown`() {
        var coded = compress(Coded.bytes, .gzip)
        coded[coded.count - 6] ^= 1
        let decoded = Coded.decode(coded, "gzip")
        #expect(decoded.bytes == Coded.bytes)
        #expect(
            decoded.steps.first?.outcome
                == .failed(reason: "incorrect data check", offset: coded.count - 4)
        )
    }

    @Test(arguments: [
        ("deflate", compress(Coded.bytes, .gzip), CodedFormat.gzip),
        ("gzip", compressZlib(Coded.bytes), .zlib),
        ("br", compress(Coded.bytes, .gzip), .gzip),
        ("gzip", compress(Coded.bytes, .zstd), .zstd),
        ("zstd", compress(Coded.bytes, .gzip), .gzip),
    ])
    func `a format under a wrong name is decoded and told`(
        name: String,
        coded: [UInt8],
        format: CodedFormat
    ) {
        let decoded = Coded.decode(coded, name)
        #expect(decoded.bytes == Coded.bytes)
        #expect(decoded.steps.first?.actualFormat == format)
    }

    @Test(arguments: ["gzip", "deflate", "zstd", "br"])
    func `what is not coded at all stays as it is`(name: String) {
        let plain = Array("Hello World! This was never compressed.\n".utf8)
        let decoded = Coded.decode(plain, name)
        #expect(decoded.bytes == plain)
        guard case .failed = decoded.steps.first?.outcome else {
            Issue.record("\(name): \(String(describing: decoded.steps.first?.outcome))")
            return
        }
        #expect(decoded.steps.first?.decodedLength == 0)
    }

    @Test func `a chain is removed from its end`() {
        let coded = compress(compressZlib(Coded.brotli), .gzip)
        let decoded = Coded.decode(coded, "br, deflate ,identity,\tgzip")
        #expect(decoded.bytes == Coded.bytes)
        let names = decoded.steps.map { String(decoding: $0.coding.name, as: UTF8.self) }
        #expect(names == ["gzip", "deflate", "br"])
        #expect(decoded.steps.allSatisfy { $0.outcome == .complete })
    }

    @Test func `behind a coding that is not known nothing is removed`() {
        let coded = compress(Coded.bytes, .gzip)
        let decoded = Coded.decode(coded, "gzip, compress")
        #expect(decoded.bytes == coded)
        #expect(decoded.steps.map(\.outcome) == [.unknownCoding])
        let half = Coded.decode(coded, "compress, gzip")
        #expect(half.bytes == Coded.bytes)
        #expect(half.steps.map(\.outcome) == [.complete, .unknownCoding])
    }

    @Test func `a chain has an end`() {
        var coded = Coded.bytes
        for _ in 0..<7 { coded = compress(coded, .gzip) }
        let names = Array(repeating: "gzip", count: 7).joined(separator: ",")
        let decoded = Coded.decode(coded, names)
        #expect(decoded.steps.count == DecodingLimits.codings + 1)
        #expect(decoded.steps.last?.outcome == .tooManyCodings)
        let many = Array(repeating: "gzip", count: 10_000).joined(separator: ",")
        #expect(Coded.decode(Coded.bytes, many).steps.count == 1)
    }

    @Test(arguments: ["gzip", "deflate", "br", "zstd", "nonsense", ""])
    func `no content needs no decoding`(name: String) {
        let decoded = Coded.decode([], name)
        #expect(decoded.bytes.isEmpty)
        #expect(decoded.steps.isEmpty)
    }

    @Test(arguments: ["gzip", "zstd", "deflate"])
    func `bytes behind the end are counted`(name: String) {
        let coded: [UInt8] =
            switch name {
            case "gzip": compress(Coded.bytes, .gzip)
            case "zstd": compress(Coded.bytes, .zstd)
            default: compressZlib(Coded.bytes)
            }
        let decoded = Coded.decode(coded + Array("rest".utf8), name)
        #expect(decoded.bytes == Coded.bytes)
        #expect(decoded.steps.first?.outcome == .followedByOther(count: 4))
    }

    @Test(arguments: [
        ("gzip", compress([UInt8](repeating: 0, count: 64 << 20), .gzip)),
        ("zstd", compress([UInt8](repeating: 0, count: 64 << 20), .zstd)),
        ("deflate", compressRawDeflate([UInt8](repeating: 0, count: 64 << 20))),
        ("br", Coded.brotliBomb),
    ])
    func `a bomb goes off no further than the limits`(name: String, coded: [UInt8]) {
        let ratio = Coded.decode(coded, name)
        #expect(ratio.steps.first?.outcome == .ratioLimitReached)
        #expect(ratio.bytes.count == max(coded.count * DecodingLimits.ratio, 64 << 10))
        for limit in [1, 1000, 65_536, 65_537] {
            let decoded = Coded.decode(coded, name, limit: limit)
            #expect(decoded.steps.first?.outcome == .lengthLimitReached)
            #expect(decoded.bytes.count == limit)
            #expect(decoded.hasReachedLimit)
        }
    }

    @Test func `who asks for more than a bomb usually gets has it`() {
        let coded = compress([UInt8](repeating: 0, count: 8 << 20), .gzip)
        #expect(coded.count < 1 << 15)
        let decoded = Coded.decode(coded, "gzip", limit: 9 << 20)
        #expect(decoded.bytes.count == 8 << 20)
        #expect(!decoded.hasReachedLimit)
    }

    @Test func `a bomb in a bomb is measured by what was sent`() {
        let inner = compress([UInt8](repeating: 0, count: 64 << 20), .gzip)
        let outer = compress(inner, .gzip)
        #expect(outer.count < inner.count / 100)
        let decoded = Coded.decode(outer, "gzip, gzip")
        #expect(decoded.steps.map(\.outcome) == [.complete, .ratioLimitReached])
        #expect(decoded.bytes.count == DecodingLimits().lengthOfAnyRatio)
    }

    @Test(arguments: Coded.whole)
    func `content of just the limit is whole`(name: String, coded: [UInt8]) {
        let decoded = Coded.decode(coded, name, limit: Coded.bytes.count)
        #expect(decoded.steps.first?.outcome == .complete)
        let less = Coded.decode(coded, name, limit: Coded.bytes.count - 1)
        #expect(less.steps.first?.outcome == .lengthLimitReached)
        #expect(less.bytes == Coded.bytes.dropLast())
    }

    @Test func `no random bytes crash a decoder or pass the limit`() {
        var generator = SeededGenerator(seed: 9)
        let beginnings: [[UInt8]] = [
            [], [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], [0x78, 0x9C], [0x28, 0xB5, 0x2F, 0xFD],
            [0x1B, 0xFF], [0x50, 0x2A, 0x4D, 0x18],
        ]
        for _ in 0..<400 {
            let length = Int.random(in: 0..<200, using: &generator)
            let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            for beginning in beginnings {
                for name in ["gzip", "deflate", "br", "zstd", "br,gzip", "zstd,zstd,deflate"] {
                    let content = beginning + noise
                    let decoded = Coded.decode(content, name, limit: 500)
                    #expect(decoded.bytes.count <= max(500, content.count))
                }
            }
        }
    }
}
