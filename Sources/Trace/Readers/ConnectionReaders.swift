import Bytes
import Findings
import HTTPWire
import Packets
import Reassembly

/// The readers of all connections: a pool for each protocol, and which of them each connection has.
///
/// This is the one file that knows which protocols there are. A connection begins with the reader of
/// HTTP/1, which finds out what its ends speak; where that is something else for good, another reader
/// takes over.
struct ConnectionReaders: ~Copyable {
    /// Where the reader of a connection is.
    private enum Place: Sendable {
        /// There is none; so many exchanges there have been.
        case none(exchanges: Int)
        case http1(Int)
        case opaque(Int)
    }

    private let options: TracerOptions
    /// Where the readers are, by the connections' slots.
    private var places: [Place] = []
    private var http1: ReaderPool<HTTP1Connection>
    private var opaque: ReaderPool<OpaqueConnection>
    /// The heads of parsers that are done, whose storage is used again.
    private var spareHeads: [MessageHead] = []
    var assembler: ExchangeAssembler

    init(_ options: TracerOptions) {
        self.options = options
        // What does not rest takes more than is counted, in each shard.
        let memoryAtWork = options.memoryLimit / 128
        assembler = ExchangeAssembler(memoryAtWork: memoryAtWork)
        let nobodys = HTTP1Connection(.none, behind: 0, options: options)
        opaque = ReaderPool(
            template: OpaqueConnection(behind: nobodys),
            memoryAtWork: memoryAtWork
        )
        http1 = ReaderPool(template: nobodys, memoryAtWork: memoryAtWork)
        if options.notesSegmentCuts { assembler.cutRecorder = SegmentCutRecorder() }
        if !options.frames.isEmpty { assembler.recorder = FrameRecorder(frames: options.frames) }
    }

    private func place(_ slot: Int) -> Place {
        slot < places.count ? places[slot] : .none(exchanges: 0)
    }

    /// Whether a message or an exchange on the connection has begun and not ended.
    func isPending(_ slot: Int) -> Bool {
        switch place(slot) {
        case .none: false
        case .http1(let place): http1.readers[place].isPending
        case .opaque(let place): opaque.readers[place].isPending
        }
    }

    /// Lends each exchange of the connection that is in flight; see ``Tracer/lendPending(askedBefore:_:)``.
    func lendPending(_ slot: Int, askedBefore time: Timestamp, _ body: (Exchange) -> Void) {
        guard isPending(slot) else { return }
        switch place(slot) {
        case .none: break
        case .http1(let place):
            http1.readers[place].lendPending(askedBefore: time, assembler.exchanges, body)
        case .opaque(let place):
            opaque.readers[place].lendPending(askedBefore: time, assembler.exchanges, body)
        }
    }

    /// Puts down where the content ends of which a direction's byte at `offset` is the next, if it
    /// will only be counted.
    mutating func noteCountedContent(
        _ slot: Int,
        _ direction: Direction,
        from offset: Int,
        in counted: CountedContent
    ) {
        guard case .http1(let place) = place(slot) else { return }
        http1.readers[place].noteCountedContent(direction, from: offset, in: counted, assembler)
    }

    /// Which way requests go on a connection; `nil` where it is not being read.
    func clientDirection(_ slot: Int) -> Direction? {
        switch place(slot) {
        case .none: nil
        case .http1(let place): http1.readers[place].facts.clientDirection
        case .opaque(let place): opaque.readers[place].facts.clientDirection
        }
    }

    /// What the messages of a connection wait for.
    func waits(_ slot: Int) -> [Wait] {
        switch place(slot) {
        case .none: []
        case .http1(let place): http1.readers[place].waits(assembler.exchanges)
        case .opaque(let place): opaque.readers[place].waits(assembler.exchanges)
        }
    }

    /// What can be given up of the messages of a connection, in bytes; `nil` where nothing can.
    private func footprint(_ slot: Int) -> Int? {
        switch place(slot) {
        case .http1(let place) where http1.readers[place].keepsMessages:
            http1.readers[place].footprint(assembler)
        case .opaque(let place) where opaque.readers[place].keepsMessages:
            opaque.readers[place].footprint(assembler)
        default: nil
        }
    }
}

extension ConnectionReaders: StreamEventReceiver {
    var recorder: FrameRecorder? {
        _read { yield assembler.recorder }
        _modify { yield &assembler.recorder }
    }

    mutating func advance(to moment: TraceClock) { assembler.now = moment }

    mutating func setTime(of frame: FrameReference) {
        assembler.now.timestamp = frame.timestamp.nanoseconds
    }

    @inline(__always)
    mutating func receive(
        _ event: StreamEvent,
        _ bytes: Span<UInt8>,
        _ slot: Int,
        _ moment: Moment
    ) {
        switch event {
        case .opened, .late, .finished, .forgotten, .sealed:
            beginOrEnd(event, slot, moment)
        default:
            switch place(slot) {
            case .none: break
            case .http1(let place):
                if http1.readers[place].receive(event, bytes, moment, &assembler) {
                    handOver(slot, place)
                }
            case .opaque(let place):
                _ = opaque.readers[place].receive(event, bytes, moment, &assembler)
            }
        }
    }

    /// Gives a connection on which there will be no HTTP a reader that only counts.
    @inline(never)
    private mutating func handOver(_ slot: Int, _ place: Int) {
        places[slot] = .opaque(opaque.add(OpaqueConnection(behind: http1.readers[place])))
        http1.readers[place].giveStorage(to: &spareHeads)
        http1.remove(place)
    }

    /// Takes an event with which a reader begins or ends, or which is about none; these are few, and
    /// stay out of the way of the others.
    @inline(never)
    private mutating func beginOrEnd(_ event: StreamEvent, _ slot: Int, _ moment: Moment) {
        switch event {
        case .opened(let opening): open(slot, opening)
        case .late(let count): countLate(slot, count)
        case .finished(let absence): finish(slot, absence, moment)
        case .forgotten(let connection): forget(slot, connection)
        default: sealAll()
        }
    }

    private mutating func open(_ slot: Int, _ opening: StreamOpening) {
        var reader = HTTP1Connection(opening, behind: exchangeCount(slot), options: options)
        reader.takeStorage(from: &spareHeads)
        while places.count <= slot { places.append(.none(exchanges: 0)) }
        places[slot] = .http1(http1.add(reader))
        assembler.footprint += HTTP1Connection.cost
    }

    /// How many exchanges there have been on a connection that has no reader at the moment.
    private func exchangeCount(_ slot: Int) -> Int {
        if case .none(let exchanges) = place(slot) { exchanges } else { 0 }
    }

    private mutating func countLate(_ slot: Int, _ count: Int) {
        if exchangeCount(slot) > 0 {
            assembler.summary.ledger.unclaimed += count
        } else {
            assembler.summary.ledger.notHTTP += count
        }
    }

    private mutating func finish(_ slot: Int, _ absence: Absence, _ moment: Moment) {
        let count: Int
        switch place(slot) {
        case .none: return
        case .http1(let place):
            count = http1.readers[place].finish(absence, moment, &assembler)
            http1.readers[place].giveStorage(to: &spareHeads)
            http1.remove(place)
        case .opaque(let place):
            count = opaque.readers[place].finish(absence, moment, &assembler)
            opaque.remove(place)
        }
        assembler.footprint -= HTTP1Connection.cost
        places[slot] = .none(exchanges: count)
    }

    private mutating func forget(_ slot: Int, _ connection: Int) {
        assembler.recorder?.forget(connection)
        assembler.cutRecorder?.forget(connection)
        if slot < places.count { places[slot] = .none(exchanges: 0) }
    }

    func footprint() -> Int { assembler.footprint }

    mutating func relieve() {}

    mutating func sealAll() { assembler.sealAll() }

    var footprintBound: Int { assembler.footprint }

    func holdings() -> StreamHoldings {
        var holdings = StreamHoldings()
        holdings.finishedFootprint = assembler.heldFootprint
        for slot in places.indices {
            if let footprint = footprint(slot) { holdings.unfinished.append((slot, footprint)) }
        }
        return holdings
    }
}
