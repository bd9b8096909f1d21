/// Merges the shards' rendered exchanges by when each finished, and writes them.
///
/// Of two exchanges that one shard found, the first finished first, so only the first ones of the
/// shards are compared. Neighbours of one shard go out in one piece.
struct OrderedMerge: ~Copyable {
    /// The portions that came from one shard and have not gone out.
    struct Lane {
        var rendered: [RenderedPortion] = []
        /// Nothing comes any more that finished before this.
        var bound = 0

        /// When the first one finished.
        var firstOrdinal: Int? { rendered.first?.exchanges.firstOrdinal }

        /// How many bytes there are.
        var byteCount: Int { rendered.reduce(0) { $0 + $1.exchanges.byteCount } }
    }

    var lanes: [Lane]
    /// Portions that went out, to be filled again.
    var emptied: [RenderedPortion] = []
    var writer: ResultWriter

    init(_ writer: consuming ResultWriter, shardCount: Int) {
        lanes = Array(repeating: Lane(), count: shardCount)
        self.writer = writer
    }

    /// Writes everything that has a place.
    mutating func run() {
        while let (shard, last) = next() { write(shard, through: last) }
    }

    /// The shard with the exchange that finished next, and up to when its exchanges are all that
    /// there are; `nil` where another may still come that finished earlier.
    private borrowing func next() -> (shard: Int, last: Int)? {
        var (shard, earliest, second) = (-1, Int.max, Int.max)
        for index in lanes.indices {
            let ordinal = lanes[index].firstOrdinal ?? lanes[index].bound
            if ordinal < earliest {
                (shard, earliest, second) = (index, ordinal, earliest)
            } else {
                second = min(second, ordinal)
            }
        }
        guard shard >= 0, lanes[shard].firstOrdinal != nil else { return nil }
        return (shard, second)
    }

    private mutating func write(_ shard: Int, through last: Int) {
        let portion = lanes[shard].rendered[0]
        writer.write(&portion.exchanges, through: last)
        guard portion.exchanges.firstOrdinal == nil else { return }
        lanes[shard].rendered.removeFirst()
        portion.exchanges.removeAll()
        emptied.append(portion)
    }
}
