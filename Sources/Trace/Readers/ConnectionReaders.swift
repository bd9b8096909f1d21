import Bytes
import Findings
import HTTPWire
import Packets
import Reassembly

/// The HTTP side of all connections, and what comes out of it.
struct ConnectionReaders: ~Copyable {
    private let options: TracerOptions
    private var streams: RestingSlots<HTTP1Connection>
    private var freeStreams: [Int] = []
    /// The heads of parsers that are done, whose storage is used again.
    private var spareHeads: [MessageHead] = []
    /// Where a connection's stream is, by the connection's slot; or, as its complement, how many
    /// exchanges there have been on a connection that has none.
    private var places: [Int] = []
    var assembler: ExchangeAssembler

    /// The most streams that do not rest.
    private static let mostAtWork = 4096

    init(_ options: TracerOptions) {
        self.options = options
        // What does not rest takes more than is counted, in each shard.
        let memoryAtWork = options.memoryLimit / 128
        assembler = ExchangeAssembler(memoryAtWork: memoryAtWork)
        let limit = memoryAtWork / MemoryLayout<HTTP1Connection>.stride
        streams = RestingSlots(
            template: HTTP1Connection(.none, behind: 0, options: options),
            limit: min(limit, Self.mostAtWork)
        )
        if options.notesSegmentCuts { assembler.cutRecorder = SegmentCutRecorder() }
        if !options.frames.isEmpty { assembler.recorder = FrameRecorder(frames: options.frames) }
    }

    /// Where the stream of a connection is; `nil` where it has none.
    private func place(_ slot: Int) -> Int? {
        slot < places.count && places[slot] >= 0 ? places[slot] : nil
    }

    /// How many exchanges there have been on a connection that has no stream at the moment.
    private func finishedExchanges(_ slot: Int) -> Int {
        slot < places.count ? ~places[slot] : 0
    }

    private mutating func add(_ stream: consuming HTTP1Connection) -> Int {
        let place = freeStreams.popLast() ?? streams.append()
        streams.put(stream, in: place)
        return place
    }

    /// Whether a message or an exchange on the connection has begun and not ended.
    func isPending(_ slot: Int) -> Bool {
        guard let place = place(slot) else { return false }
        return streams[place].isPending
    }

    /// Lends each exchange of the connection that is in flight; see ``Tracer/lendPending(askedBefore:_:)``.
    func lendPending(_ slot: Int, askedBefore time: Timestamp, _ body: (Exchange) -> Void) {
        guard let place = place(slot), streams[place].isPending else { return }
        streams[place].lendPending(askedBefore: time, assembler.exchanges, body)
    }

    /// Puts down where the content ends of which a direction's byte at `offset` is the next, if it
    /// will only be counted.
    mutating func noteCountedContent(
        _ slot: Int,
        _ direction: Direction,
        from offset: Int,
        in counted: CountedContent
    ) {
        guard let place = place(slot) else { return }
        streams[place].noteCountedContent(direction, from: offset, in: counted, assembler)
    }

    /// Which way requests go on a connection; `nil` where it is not being read.
    func clientDirection(_ slot: Int) -> Direction? {
        place(slot).map { streams[$0].facts.clientDirection }
    }

    /// What the messages of a connection wait for.
    func waits(_ slot: Int) -> [Wait] {
        place(slot).map { streams[$0].waits(assembler.exchanges) } ?? []
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
            guard let place = place(slot) else { return }
            streams[place].receive(event, bytes, moment, &assembler)
        }
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
        var stream = HTTP1Connection(opening, behind: finishedExchanges(slot), options: options)
        stream.takeStorage(from: &spareHeads)
        while places.count <= slot { places.append(~0) }
        places[slot] = add(consume stream)
        assembler.footprint += HTTP1Connection.cost
    }

    private mutating func countLate(_ slot: Int, _ count: Int) {
        if finishedExchanges(slot) > 0 {
            assembler.summary.ledger.unclaimed += count
        } else {
            assembler.summary.ledger.notHTTP += count
        }
    }

    private mutating func finish(_ slot: Int, _ absence: Absence, _ moment: Moment) {
        guard let place = place(slot) else { return }
        let count = streams[place].finish(absence, moment, &assembler)
        streams[place].giveStorage(to: &spareHeads)
        streams.clear(place)
        assembler.footprint -= HTTP1Connection.cost
        freeStreams.append(place)
        places[slot] = ~count
    }

    private mutating func forget(_ slot: Int, _ connection: Int) {
        assembler.recorder?.forget(connection)
        assembler.cutRecorder?.forget(connection)
        if slot < places.count { places[slot] = ~0 }
    }

    func footprint() -> Int { assembler.footprint }

    mutating func relieve() {}

    mutating func sealAll() { assembler.sealAll() }

    var footprintBound: Int { assembler.footprint }

    func holdings() -> StreamHoldings {
        var holdings = StreamHoldings()
        holdings.finishedFootprint = assembler.heldFootprint
        for slot in places.indices {
            guard let place = place(slot), streams[place].keepsMessages else { continue }
            holdings.unfinished.append((slot, streams[place].footprint(assembler)))
        }
        return holdings
    }
}
