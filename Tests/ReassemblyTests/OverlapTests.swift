import Reassembly
import Support
import Testing

struct OverlapTests {
    /// A piece of the client's stream.
    struct Piece: Sendable {
        var place: Int
        var text: String

        init(_ place: Int, _ text: String) {
            self.place = place
            self.text = text
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var pieces: [Piece]
        var text: String
        var gaps: [Int] = []
        var duplicates = 0
        var oddities: Set<SegmentOddity> = []
        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "the same bytes again",
            pieces: [Piece(0, "abc"), Piece(3, "def"), Piece(0, "abc")],
            text: "abcdef",
            duplicates: 3,
            oddities: [.retransmission]
        ),
        Case(
            name: "a frame captured twice",
            pieces: [Piece(0, "abc"), Piece(0, "abc")],
            text: "abc",
            duplicates: 3,
            oddities: [.duplicateFrame]
        ),
        Case(
            name: "other bytes for a place that waits: the first are kept",
            pieces: [Piece(3, "def"), Piece(3, "DEF"), Piece(0, "abc")],
            text: "abcdef",
            duplicates: 3,
            oddities: [.outOfOrder, .conflictingOverlap]
        ),
        Case(
            name: "overlap in front",
            pieces: [Piece(0, "abc"), Piece(1, "bcde")],
            text: "abcde",
            duplicates: 2,
            oddities: [.retransmission]
        ),
        Case(
            name: "overlap behind",
            pieces: [Piece(4, "ef"), Piece(2, "cdef"), Piece(0, "ab")],
            text: "abcdef",
            duplicates: 2,
            oddities: [.outOfOrder]
        ),
        Case(
            name: "overlap on both sides",
            pieces: [Piece(0, "ab"), Piece(6, "gh"), Piece(1, "bcdefgh"), Piece(8, "ij")],
            text: "abcdefghij",
            duplicates: 3,
            oddities: [.outOfOrder, .retransmission]
        ),
        Case(
            name: "one over several that wait",
            pieces: [Piece(2, "c"), Piece(4, "e"), Piece(6, "g"), Piece(0, "abcdefgh")],
            text: "abcdefgh",
            duplicates: 3,
            oddities: [.outOfOrder]
        ),
        Case(
            name: "a hole that nothing proves",
            pieces: [Piece(0, "abc"), Piece(5, "fg"), Piece(7, "h")],
            text: "abcfgh",
            gaps: [2]
        ),
        Case(
            name: "two holes",
            pieces: [Piece(1, "b"), Piece(5, "f")],
            text: "bf",
            gaps: [1, 3]
        ),
    ]

    /// What each policy makes of pieces that disagree and come before the stream's first byte.
    static let disagreements: [(pieces: [Piece], first: String, last: String)] = [
        ([Piece(3, "def"), Piece(3, "DEF")], "def", "DEF"),
        ([Piece(3, "def"), Piece(4, "E")], "def", "dEf"),
        ([Piece(3, "de"), Piece(4, "EF")], "deF", "dEF"),
        ([Piece(4, "ef"), Piece(3, "DE")], "Def", "DEf"),
        ([Piece(3, "d"), Piece(5, "f"), Piece(3, "DEF")], "dEf", "DEF"),
        ([Piece(3, "de"), Piece(6, "gh"), Piece(4, "EFG")], "deFgh", "dEFGh"),
        ([Piece(3, "defgh"), Piece(4, "E"), Piece(6, "G")], "defgh", "dEfGh"),
    ]

    @Test(arguments: disagreements, [OverlapPolicy.first, .last])
    func `the policy decides which bytes are taken`(
        example: (pieces: [Piece], first: String, last: String),
        policy: OverlapPolicy
    ) {
        var builder = ConversationBuilder()
        builder.handshake()
        let start = builder.nextSequence(of: .client)
        for piece in example.pieces + [Piece(0, "abc")] {
            let segment = TCPFrameBuilder.Segment(
                sequence: start &+ UInt32(piece.place),
                acknowledgement: builder.nextSequence(of: .server),
                payload: Array(piece.text.utf8)
            )
            builder.append(segment, from: .client)
        }
        let result = Reassembled(
            builder.frames,
            options: ReassemblyOptions(overlap: policy)
        )
        #expect(result.forward.text == "abc" + (policy == .first ? example.first : example.last))
        #expect(result.conflicts.isEmpty == false)
        #expect(result.captured == result.delivered + result.duplicates + result.refused)
    }

    @Test func `both versions of disagreeing bytes are kept, from where they differ on`() {
        var builder = ConversationBuilder()
        builder.handshake()
        let start = builder.nextSequence(of: .client)
        for (place, text) in [(3, "GET /a"), (3, "GET /b"), (0, "xyz")] {
            let segment = TCPFrameBuilder.Segment(
                sequence: start &+ UInt32(place),
                acknowledgement: builder.nextSequence(of: .server),
                payload: Array(text.utf8)
            )
            builder.append(segment, from: .client)
        }
        let conflict = Reassembled(builder.frames).conflicts.first
        #expect(conflict?.first == Array("a".utf8))
        #expect(conflict?.later == Array("b".utf8))
    }

    @Test(arguments: cases, [1000, 0xFFFF_FFFC] as [UInt32])
    func `segments that overlap give each byte once`(example: Case, sequence: UInt32) {
        var builder = ConversationBuilder(clientSequence: sequence)
        builder.handshake()
        let start = builder.nextSequence(of: .client)
        builder.interval = example.oddities.contains(.duplicateFrame) ? 1000 : 2_000_000
        for piece in example.pieces {
            builder.append(
                TCPFrameBuilder.Segment(
                    sequence: start &+ UInt32(piece.place),
                    acknowledgement: builder.nextSequence(of: .server),
                    payload: Array(piece.text.utf8)
                ),
                from: .client
            )
        }
        let result = Reassembled(builder.frames)
        #expect(result.forward.text == example.text)
        #expect(result.forward.gaps == example.gaps)
        #expect(result.duplicates == example.duplicates)
        #expect(Set(result.oddities) == example.oddities)
        #expect(result.captured == result.delivered + result.duplicates + result.refused)
    }
}
