import Packets

/// Segments in the order of their sequence numbers, in pieces of bounded size, so that neither many
/// segments nor any order of arrival make adding one slow.
struct OrderedSegments: Sendable {
    /// The place of a segment; any change makes it meaningless.
    struct Position: Equatable {
        fileprivate var piece: Int
        fileprivate var index: Int
    }

    /// How many segments a piece holds at the most.
    private static let pieceLimit = 256

    /// None of them is empty; of the first, what is in front of `head` was taken out.
    private var pieces: [[StoredSegment]] = []
    private var head = 0

    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    var first: StoredSegment? { isEmpty ? nil : pieces[0][head] }

    var last: StoredSegment? { pieces.last?.last }

    /// The segment at a place, or `nil` behind the last.
    subscript(position: Position) -> StoredSegment? {
        position.piece < pieces.count ? pieces[position.piece][position.index] : nil
    }

    /// The place of the first segment that begins behind `sequence`.
    func position(behind sequence: SequenceNumber) -> Position {
        // Segments mostly come in order.
        if let last, sequence.distance(from: last.sequence) >= 0 { return end }
        guard !isEmpty else { return end }
        let piece = Self.partition(0, pieces.count) { piece in
            pieces[piece][pieces[piece].count - 1].sequence.distance(from: sequence) > 0
        }
        let index = Self.partition(piece == 0 ? head : 0, pieces[piece].count) { index in
            pieces[piece][index].sequence.distance(from: sequence) > 0
        }
        return Position(piece: piece, index: index)
    }

    /// The place of the next segment.
    func position(after position: Position) -> Position {
        position.index + 1 < pieces[position.piece].count
            ? Position(piece: position.piece, index: position.index + 1)
            : Position(piece: position.piece + 1, index: 0)
    }

    /// The place of the segment before a place; `nil` before the first.
    func position(before position: Position) -> Position? {
        let start = position.piece == 0 ? head : 0
        if position.index > start {
            return Position(piece: position.piece, index: position.index - 1)
        }
        guard position.piece > 0 else { return nil }
        return Position(piece: position.piece - 1, index: pieces[position.piece - 1].count - 1)
    }

    /// Adds a segment at the place that its sequence number gives it.
    mutating func insert(_ segment: StoredSegment) {
        var position = position(behind: segment.sequence)
        if position == end, !pieces.isEmpty {
            position = Position(piece: pieces.count - 1, index: pieces[pieces.count - 1].count)
        }
        count += 1
        guard position.piece < pieces.count else { return pieces.append([segment]) }
        pieces[position.piece].insert(segment, at: position.index)
        if pieces[position.piece].count > Self.pieceLimit { split(position.piece) }
    }

    /// Takes out the segment at a place, which must be one.
    mutating func remove(at position: Position) {
        count -= 1
        pieces[position.piece].remove(at: position.index)
        dropEmptyPiece(position.piece)
    }

    /// Takes out the first segment.
    mutating func removeFirst() -> StoredSegment? {
        guard !isEmpty else { return nil }
        let segment = pieces[0][head]
        pieces[0][head].bytes = []
        head += 1
        count -= 1
        dropEmptyPiece(0)
        return segment
    }

    private var end: Position { Position(piece: pieces.count, index: 0) }

    private mutating func dropEmptyPiece(_ piece: Int) {
        guard pieces[piece].count == (piece == 0 ? head : 0) else { return }
        pieces.remove(at: piece)
        if piece == 0 { head = 0 }
    }

    /// Cuts a piece that has grown too long; new segments mostly go behind all others, so that the
    /// front keeps most of the last piece.
    private mutating func split(_ piece: Int) {
        if piece == 0, head > 0 {
            pieces[0].removeFirst(head)
            head = 0
        }
        let isLast = piece == pieces.count - 1
        let kept = isLast ? pieces[piece].count * 7 / 8 : pieces[piece].count / 2
        let rest = Array(pieces[piece][kept...])
        // A copy has no more room than it needs.
        pieces[piece] = Array(pieces[piece][..<kept])
        pieces.insert(rest, at: piece + 1)
    }

    /// The first index of the range for which `belongs` holds, where it does for all behind it.
    private static func partition(_ start: Int, _ end: Int, _ belongs: (Int) -> Bool) -> Int {
        var (low, high) = (start, end)
        while low < high {
            let middle = (low + high) / 2
            if belongs(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
