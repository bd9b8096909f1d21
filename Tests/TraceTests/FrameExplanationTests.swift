import Findings
import HTTPWire
import Support
import Testing
import Trace

/// What a tracer tells of single frames.
struct FrameExplanationTests {
    private static func segments(of frames: [BuiltFrame]) -> [SegmentExplanation?] {
        var options = TracerOptions()
        options.frames = Set(1...frames.count)
        return Traced(frames, options: options).explanations.map(\.segment)
    }

    @Test func `a request without blank line waits for it`() throws {
        var builder = conversation([], isClosed: false)
        builder.send("POST / HTTP/1.1\r\nHost: h\r\n", from: .client)
        builder.send("HTTP/1.1 204 No Content\r\n\r\n", from: .server)
        let segments = Self.segments(of: builder.frames)
        let request = try #require(segments[3])
        #expect(request.waits == [.message(.request, firstFrame: 4, .blankLine)])
        #expect(request.role == .request)
        #expect(request.sequence == 1)
        #expect(request.acknowledgement == 1)
        let share = try #require(request.shares.first)
        #expect(share.parts.map(\.kind) == [.startLine, .fieldLines])
        #expect(!share.isTerminated)
        #expect(share.counterpartFrame == 5)
        let response = try #require(segments[4])
        #expect(response.shares.first?.endsRequest == true)
        #expect(response.ended.map(\.firstFrame) == [4])
        #expect(response.waits == [])
    }

    @Test func `pipelined requests in one frame are told apart`() throws {
        var builder = conversation([], isClosed: false)
        builder.send(
            "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\nGET /3 HT",
            from: .client
        )
        builder.send("TP/1.1\r\nHost: h\r\n\r\n", from: .client)
        let segments = Self.segments(of: builder.frames)
        let first = try #require(segments[3])
        #expect(first.shares.map(\.exchange) == [0, 1, 2])
        #expect(first.shares.map(\.bytes) == [0..<28, 0..<28, 0..<9])
        #expect(first.shares.map(\.length) == [28, 28, 28])
        #expect(
            first.waits == [
                .message(.request, firstFrame: 4, .endOfStartLine),
                .responses(2, firstRequestFrame: 4),
            ]
        )
        let second = try #require(segments[4])
        #expect(second.shares.map(\.bytes) == [9..<28])
        #expect(second.shares.first?.parts.map(\.kind) == [.startLine, .fieldLines, .blankLine])
    }

    @Test func `chunk framing is told from content`() throws {
        var builder = conversation([], isClosed: false)
        builder.ask("/")
        builder.send(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3\r\nab",
            from: .server
        )
        builder.send("c\r\n0\r\nA: b\r\n\r\n", from: .server)
        let segments = Self.segments(of: builder.frames)
        let first = try #require(segments[4]?.shares.first)
        #expect(
            first.parts.map(\.kind) == [
                .startLine, .fieldLines, .blankLine, .chunkFraming, .content, .chunkFraming,
                .content,
            ]
        )
        #expect(segments[4]?.waits == [.message(.response, firstFrame: 5, .chunkData(1))])
        let second = try #require(segments[5]?.shares.first)
        #expect(second.parts.map(\.kind) == [.content, .chunkFraming, .trailer])
    }

    @Test func `a retransmission names the frame that it repeats`() throws {
        let frames = conversation(["/a"]).frames.duplicating(3)
        let segment = try #require(Self.segments(of: frames)[4])
        #expect(segment.pieces.map(\.fate) == [.repeated(of: 4)])
        #expect(segment.oddities.count == 1)
        #expect(segment.shares.isEmpty)
    }

    @Test func `a frame out of order is delivered with the one that it waited for`() throws {
        var builder = conversation([], isClosed: false)
        builder.segmentSize = 10
        builder.ask("/long")
        let segments = Self.segments(of: builder.frames.swapping(3, 4))
        let early = try #require(segments[3])
        #expect(early.pieces.map(\.fate) == [.delivered(in: 5)])
        #expect(
            early.waits == [.bytes(of: .request, length: 10, waitingSegments: 1, firstFrame: 4)]
        )
        #expect(early.shares.map(\.bytes) == [10..<20])
        let late = try #require(segments[4])
        #expect(late.pieces.map(\.fate) == [.delivered(in: 5)])
        #expect(late.fillsHole)
    }

    @Test func `bytes that are cut off and bytes that are no HTTP are said to be so`() throws {
        var builder = conversation([], isClosed: false)
        builder.send([0x16, 3, 1, 0, 5, 1, 2, 3, 4, 5], from: .client)
        builder.close()
        var frames = builder.frames
        frames[3] = frames[3].cut(to: 60)
        let segment = try #require(Self.segments(of: frames)[3])
        #expect(segment.wireLength == 10)
        #expect(segment.payloadLength == 6)
        #expect(segment.foreign == [0..<6])
        #expect(segment.foreignTraffic == .notHTTP("TLS"))
    }

    @Test func `the frames that end a response without length are told`() throws {
        var builder = conversation([], isClosed: false)
        builder.ask("/")
        builder.send("HTTP/1.1 200 OK\r\n\r\nuntil the close", from: .server)
        builder.close()
        let segments = Self.segments(of: builder.frames)
        #expect(segments[4]?.waits == [.message(.response, firstFrame: 5, .close)])
        let end = try #require(segments[5]?.ended.first)
        #expect(end.firstFrame == 5)
        #expect(end.isComplete)
    }

    @Test(arguments: 0..<60)
    func `every byte of every frame has one fate, and every message all of its bytes`(
        seed: Int
    ) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var builder = conversation([], isClosed: false)
        builder.segmentSize = [3, 17, 60, 1460][seed % 4]
        builder.exchange("/one")
        builder.ask("/two", method: "POST", content: "a=1&b=2")
        builder.send(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x\r\nchun\r\n0\r\n\r\nxyz\r\n",
            from: .server
        )
        builder.send("\r\nPOST / HTTP/1.1\r\nHost: h\r\n", from: .client)
        builder.answer("last")
        builder.close()
        let rest = Array(builder.frames[3...])
            .disturbed(window: 4, doubling: 0.15, using: &generator)
        var options = TracerOptions()
        options.frames = Set(1...rest.count + 3)
        let traced = Traced(Array(builder.frames[..<3]) + rest, options: options)
        var shared: [Int: Int] = [:]
        var foreign = 0
        for segment in traced.explanations.compactMap(\.segment) {
            #expect(segment.pieces.reduce(0) { $0 + $1.bytes.count } == segment.payloadLength)
            foreign += segment.foreign.reduce(0) { $0 + $1.count }
            for share in segment.shares {
                #expect(share.parts.reduce(0) { $0 + $1.bytes.count } == share.bytes.count)
                shared[share.exchange, default: 0] += share.bytes.count
            }
            let delivered = segment.pieces.filter(\.isDelivered).reduce(0) { $0 + $1.bytes.count }
            let told = segment.shares.reduce(0) { $0 + $1.bytes.count }
            #expect(delivered == told + segment.foreign.reduce(0) { $0 + $1.count })
        }
        #expect(foreign == traced.summary.ledger.unclaimed)
        #expect(shared.count == 3)
    }
}

extension FrameExplanation {
    fileprivate var segment: SegmentExplanation? {
        if case .segment(let segment) = content { segment } else { nil }
    }
}

extension PayloadPiece {
    fileprivate var isDelivered: Bool { if case .delivered = fate { true } else { false } }
}
