import Support
import Testing
import Trace

@Suite struct SegmentCutTests {
    private func cuts(_ pieces: [(String, ConversationBuilder.Side)]) -> [SegmentCuts?] {
        var builder = ConversationBuilder()
        builder.handshake()
        for (text, side) in pieces { builder.send(text, from: side) }
        builder.close()
        var options = TracerOptions()
        options.notesSegmentCuts = true
        return Traced(builder, options: options).exchanges.map(\.segmentCuts.first)
    }

    private let request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
    private let response = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"

    @Test func `a message in one segment has no cut`() {
        #expect(cuts([(request, .client), (response, .server)]) == [nil])
    }

    @Test func `each segment behind the first begins with a cut`() {
        let pieces = [
            (String(request.prefix(3)), ConversationBuilder.Side.client),
            (String(request.dropFirst(3)), .client), (response, .server),
        ]
        let found = cuts(pieces)
        #expect(found.map { $0?.request } == [[3]])
        #expect(found.map { $0?.response } == [[]])
    }

    @Test func `where a segment has parts of two messages, the second has no cut there`() {
        // 1 | 1 2 | 2: the segment in the middle begins within the first request only.
        let both = Array((request + request).utf8)
        let text = { (range: Range<Int>) in String(decoding: both[range], as: UTF8.self) }
        let length = request.utf8.count
        let pieces = [
            (text(0..<10), ConversationBuilder.Side.client), (text(10..<length + 5), .client),
            (text(length + 5..<2 * length), .client), (response + response, .server),
        ]
        #expect(cuts(pieces).map { $0?.request } == [[10], [5]])
        #expect(cuts(pieces).map { $0?.response } == [[], []])
    }

    @Test func `nothing is noted where nobody asked`() {
        var builder = ConversationBuilder()
        builder.segmentSize = 5
        builder.handshake()
        builder.exchange("/a")
        builder.close()
        #expect(Traced(builder).exchanges.map(\.segmentCuts) == [[]])
    }
}
