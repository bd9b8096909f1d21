import Bytes
import Findings
import HTTPWire
import Packets
import Reassembly

/// The HTTP side of all connections, and what comes out of it.
struct StreamTraces: ~Copyable {
    private let options: TracerOptions
    private var streams: RestingSlots<StreamTrace>
    private var freeStreams: [Int] = []
    /// The heads of parsers that are done, whose storage is used again.
    private var spareHeads: [MessageHead] = []
    /// Where a connection's stream is, by the connection's slot; or, as its complement, how many
    /// exchanges there have been on a connection that has none.
    private var places: [Int] = []
    var collector: TraceCollector

    /// The most streams that do not rest.
    private static let mostAtWork = 4096

    init(_ options: TracerOptions) {
        self.options = options
        // What does not rest takes more than is counted, in each shard.
        let memoryAtWork = options.memoryLimit / 128
        collector = TraceCollector(memoryAtWork: memoryAtWork)
        let limit = memoryAtWork / MemoryLayout<StreamTrace>.stride
        streams = RestingSlots(
            template: StreamTrace(.none, behind: 0, options: options),
            limit: min(limit, Self.mostAtWork)
        )
        if options.notesSegmentCuts { collector.cutRecorder = SegmentCutRecorder() }
        if !options.frames.isEmpty { collector.recorder = FrameRecorder(frames: options.frames) }
    }

    /// Where the stream of a connection is; `nil` where it has none.
    private func place(_ slot: Int) -> Int? {
        slot < places.count && places[slot] >= 0 ? places[slot] : nil
    }

    /// How many exchanges there have been on a connection that has no stream at the moment.
    private func finishedExchanges(_ slot: Int) -> Int {
        slot < places.count ? ~places[slot] : 0
    }

    private mutating func add(_ stream: consuming StreamTrace) -> Int {
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
        streams[place].lendPending(askedBefore: time, collector.exchanges, body)
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
        streams[place].noteCountedContent(direction, from: offset, in: counted, collector)
    }

    /// The connection's stream as it is; `nil` where it has none.
    func stream(_ slot: Int) -> StreamTrace? {
        guard let place = place(slot) else { return nil }
        return streams[place]
    }
}

extension StreamTraces: StreamTracing {
    var recorder: FrameRecorder? {
        _read { yield collector.recorder }
        _modify { yield &collector.recorder }
    }

    mutating func advance(to moment: TraceClock) { collector.now = moment }

    mutating func setTime(of frame: FrameReference) {
        collector.now.timestamp = frame.timestamp.nanoseconds
    }

    mutating func open(_ slot: Int, _ opening: StreamOpening) {
        var stream = StreamTrace(opening, behind: finishedExchanges(slot), options: options)
        stream.takeStorage(from: &spareHeads)
        while places.count <= slot { places.append(~0) }
        places[slot] = add(consume stream)
        collector.footprint += StreamTrace.cost
    }

    mutating func feed(
        _ slot: Int,
        _ direction: Direction,
        _ bytes: Span<UInt8>,
        _ moment: Moment
    ) {
        guard let place = place(slot) else { return }
        streams[place].feed(direction, bytes, moment, &collector)
        streams[place].countFootprint(&collector)
    }

    mutating func skip(
        _ slot: Int,
        _ direction: Direction,
        length: Int,
        cause: GapCause,
        _ moment: Moment
    ) {
        guard let place = place(slot) else { return }
        streams[place].skip(direction, length: length, cause: cause, moment, &collector)
    }

    mutating func end(_ slot: Int, _ direction: Direction, _ end: StreamEnd, _ moment: Moment) {
        guard let place = place(slot) else { return }
        streams[place].end(direction, end, moment, &collector)
    }

    mutating func reset(
        _ slot: Int,
        _ direction: Direction,
        received: Int,
        _ moment: Moment
    ) {
        guard let place = place(slot) else { return }
        streams[place].reset(by: direction, received: received, moment, &collector)
    }

    mutating func noteUnacknowledged(_ slot: Int, _ direction: Direction) {
        guard let place = place(slot) else { return }
        streams[place].noteUnacknowledged(direction, &collector)
    }

    mutating func note(_ slot: Int, _ odd: OddSegment, _ detail: FindingDetail?) {
        guard let place = place(slot) else { return }
        streams[place].note(odd, detail, &collector)
    }

    mutating func note(_ slot: Int, _ code: FindingCode) {
        guard let place = place(slot) else { return }
        streams[place].noteStreamFinding(Finding(code), at: nil, &collector)
    }

    mutating func setWaiting(_ slot: Int, _ isWaiting: Bool) {
        guard let place = place(slot) else { return }
        streams[place].isWaiting = isWaiting
    }

    mutating func compare(_ slot: Int, _ repeated: RepeatedPayload, _ bytes: Span<UInt8>) {
        guard let place = place(slot) else { return }
        streams[place].compare(repeated, bytes, collector)
    }

    mutating func move(_ slot: Int, _ moved: MovedPayload, _ frame: FrameReference) {
        guard let place = place(slot) else { return }
        streams[place].move(moved, frame, &collector)
    }

    mutating func noteLate(_ slot: Int, _ count: Int) {
        if finishedExchanges(slot) > 0 {
            collector.summary.ledger.unclaimed += count
        } else {
            collector.summary.ledger.notHTTP += count
        }
    }

    mutating func settle(_ slot: Int) {
        guard let place = place(slot) else { return }
        streams[place].settle(&collector)
    }

    mutating func finish(_ slot: Int, _ absence: Absence, _ moment: Moment) {
        guard let place = place(slot) else { return }
        let count = streams[place].finish(absence, moment, &collector)
        streams[place].giveStorage(to: &spareHeads)
        streams.clear(place)
        collector.footprint -= StreamTrace.cost
        freeStreams.append(place)
        places[slot] = ~count
    }

    mutating func forget(_ slot: Int, stream: Int) {
        collector.recorder?.forget(stream)
        collector.cutRecorder?.forget(stream)
        if slot < places.count { places[slot] = ~0 }
    }

    mutating func noteShortage(_ slot: Int) {
        if isPending(slot) {
            note(slot, .memoryLimitReached)
        } else if let place = place(slot), streams[place].isForgottenInSilence {
            collector.count([Finding(.memoryLimitReached)])
        }
    }

    mutating func giveUp(_ slot: Int, _ moment: Moment) {
        guard let place = place(slot) else { return }
        streams[place].giveUp(moment, &collector)
    }

    func footprint() -> Int { collector.footprint }

    mutating func relieve() {}

    mutating func sealAll() { collector.sealAll() }

    var footprintBound: Int { collector.footprint }

    func holdings() -> StreamHoldings {
        var holdings = StreamHoldings()
        holdings.finishedFootprint = collector.heldFootprint
        for slot in places.indices {
            guard let place = place(slot), streams[place].keepsMessages else { continue }
            holdings.unfinished.append((slot, streams[place].footprint(collector)))
        }
        return holdings
    }
}
