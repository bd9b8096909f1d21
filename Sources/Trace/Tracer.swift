import Bytes
import Findings
package import Packets
import Reassembly

/// Turns the frames of a capture into the HTTP exchanges that are in them.
///
/// ```swift
/// var tracer = Tracer()
/// // for each frame:
/// tracer.process(frame, bytes)
/// tracer.takeFinished { exchange in … }
/// // at the end:
/// tracer.finish()
/// tracer.takeFinished { exchange in … }
/// ```
package struct Tracer: ~Copyable {
    private let options: TracerOptions
    private var table = ConnectionTable()
    private var fragments = FragmentTable()
    private var streams: [StreamTrace?] = []
    private var freeStreams: [Int] = []
    private var collector = TraceCollector()

    /// Connections that are closed, in the order in which they closed; kept for a while so that
    /// late segments do not open them anew.
    private var closed: [(slot: Int, stream: Int)] = []
    private var firstClosed = 0

    /// Connections that may keep bytes which wait for others.
    private var waiting: Set<Int> = []
    private var sinceWaitingWasCounted = 0

    /// The latest frame, in which everything that is finished at the end counts as finished.
    private var now = FrameReference(number: 0, timestamp: Timestamp(nanoseconds: 0))

    /// How many closed connections are kept.
    private static let closedLimit = 4096

    package init(options: TracerOptions = TracerOptions()) {
        self.options = options
    }

    /// What the capture has come to so far.
    package var summary: TraceSummary {
        var summary = collector.summary
        summary.streams = table.count
        return summary
    }

    /// Takes the next frame of the capture, with the bytes that were captured of it.
    package mutating func process(_ frame: Frame, _ bytes: Span<UInt8>) {
        collector.summary.frames += 1
        now = FrameReference(number: frame.number, timestamp: frame.timestamp)
        collector.now = frame.timestamp
        let outcome = PacketDecoder.decode(
            bytes,
            linkType: frame.linkType,
            originalLength: frame.originalLength
        )
        switch outcome {
        case .segment(let segment): take(segment, bytes)
        case .fragment(let fragment): take(fragment, bytes)
        case .stop(let stop): collector.summary.unusedFrames["\(stop)", default: 0] += 1
        }
    }

    /// Lets capture time pass where no frame comes, so that nothing waits longer than it should.
    package mutating func advance(to time: Timestamp) {
        now.timestamp = time
        collector.now = time
        for slot in table.connections.indices where table.connections[slot].isWaiting {
            table.connections[slot].advance(to: time)
            drain(slot)
        }
    }

    /// Ends the trace: what is unfinished is finished as it stands.
    package mutating func finish() {
        let slots = table.liveSlots.sorted {
            table.connections[$0].stream < table.connections[$1].stream
        }
        for slot in slots { finishConnection(slot) }
        collector.sealAll()
        let waiting = fragments.waiting + fragments.abandoned
        if waiting > 0 { collector.summary.unusedFrames["incomplete IP fragments"] = waiting }
    }

    /// Whether something waits for more to come: an exchange for its end, bytes for others.
    package var isPending: Bool {
        table.liveSlots.contains { slot in
            let attachment = table.connections[slot].attachment
            return table.connections[slot].isWaiting
                || attachment >= 0 && streams[attachment]?.isPending == true
        }
    }

    /// Lends the exchanges that are finished to `body`, in the order in which they finished, and
    /// forgets them.
    package mutating func takeFinished(_ body: (borrowing Exchange) -> Void) {
        if collector.hasReleasable { collector.drain(body) }
    }

    private mutating func take(_ fragment: Fragment, _ bytes: Span<UInt8>) {
        guard let whole = fragments.add(fragment, bytes) else { return }
        switch PacketDecoder.decode(reassembled: whole.span, fragment.key) {
        case .segment(let segment): take(segment, whole.span)
        case .fragment: collector.summary.unusedFrames["fragment in a fragment", default: 0] += 1
        case .stop(let stop): collector.summary.unusedFrames["\(stop)", default: 0] += 1
        }
    }

    private mutating func take(_ segment: TCPSegment, _ bytes: Span<UInt8>) {
        let (slot, direction) = locate(segment)
        collector.summary.ledger.payload += segment.payload.count
        let acceptance = table.connections[slot].accept(
            segment,
            direction,
            frame: now,
            bytes: bytes
        )
        if !acceptance.payload.isEmpty {
            deliver(
                slot,
                direction,
                bytes.extracting(acceptance.payload),
                now,
                acceptance.acknowledgedOffset,
                cut: segment.cutLength
            )
        }
        if table.connections[slot].isDue { drain(slot) }
        if table.connections[slot].isWaiting { keepWithinMemory(slot) }
        settle(slot)
    }

    /// Goes on without what is missing where too much waits for it, longest waiting first.
    private mutating func keepWithinMemory(_ slot: Int) {
        guard table.connections[slot].waitingBytes > 0 else { return }
        waiting.insert(slot)
        sinceWaitingWasCounted += 1
        guard sinceWaitingWasCounted >= 1024 else { return }
        sinceWaitingWasCounted = 0
        waiting = waiting.filter { table.connections[$0].waitingBytes > 0 }
        var total = waiting.reduce(0) { $0 + table.connections[$1].waitingBytes }
        while total > options.memoryLimit,
            let oldest = waiting.min(by: {
                table.connections[$0].earliestWaiting < table.connections[$1].earliestWaiting
            })
        {
            total -= table.connections[oldest].waitingBytes
            waiting.remove(oldest)
            withStream(oldest) { $0.noteStreamFinding(Finding(.memoryLimitReached), at: nil, &$1) }
            table.connections[oldest].flush()
            drain(oldest)
        }
    }

    private mutating func locate(_ segment: TCPSegment) -> (Int, Direction) {
        if let location = table.find(segment) {
            guard location.isSuperseded else { return (location.slot, location.direction) }
            finishConnection(location.slot)
        }
        return (table.open(segment), .forward)
    }

    /// Gives delivered bytes to the connection's parsers.
    private mutating func deliver(
        _ slot: Int,
        _ direction: Direction,
        _ bytes: Span<UInt8>,
        _ frame: FrameReference,
        _ acknowledged: Int,
        cut: Int
    ) {
        let stream = streamOfConnection(slot, direction, bytes)
        let offset = table.connections[slot][direction].offset - bytes.count - cut
        let moment = Moment(
            frame: frame,
            arrival: now,
            offset: offset,
            acknowledged: acknowledged
        )
        streams[stream]?.feed(direction, bytes, moment, &collector)
    }

    /// Works off what else became due on a connection.
    private mutating func drain(_ slot: Int) {
        while let event = table.connections[slot].nextEvent() {
            switch event {
            case .data(let payload):
                deliver(
                    slot,
                    payload.direction,
                    payload.bytes.span,
                    payload.frame,
                    payload.acknowledgedOffset,
                    cut: payload.cutLength
                )
            case .gap(let direction, let length, let cause):
                collector.summary.ledger.gap += length
                let moment = moment(slot, direction, back: length)
                withStream(slot) { $0.skip(direction, length: length, cause: cause, moment, &$1) }
            case .end(let direction):
                let moment = moment(slot, direction, back: 0)
                withStream(slot) { $0.end(direction, moment, &$1) }
            case .reset(let direction):
                let moment = moment(slot, direction, back: 0)
                withStream(slot) { $0.reset(moment, &$1) }
            }
        }
        settle(slot)
    }

    private func moment(_ slot: Int, _ direction: Direction, back length: Int) -> Moment {
        let connection = table.connections[slot]
        return Moment(
            frame: now,
            arrival: now,
            offset: connection[direction].offset - length,
            acknowledged: connection[direction.opposite].offset
        )
    }

    private mutating func withStream(
        _ slot: Int,
        _ body: (inout StreamTrace, inout TraceCollector) -> Void
    ) {
        let attachment = table.connections[slot].attachment
        guard attachment >= 0, var stream = streams[attachment].take() else { return }
        body(&stream, &collector)
        streams[attachment] = stream
    }

    /// Hands over finished exchanges, and lets go of a connection that is closed.
    private mutating func settle(_ slot: Int) {
        noteOddities(slot)
        let attachment = table.connections[slot].attachment
        if attachment >= 0 { streams[attachment]?.settle(&collector) }
        guard table.connections[slot].isClosed, attachment >= 0 else { return }
        finishStream(slot)
        retire(slot)
    }

    private mutating func noteOddities(_ slot: Int) {
        guard !table.connections[slot].oddities.isEmpty else { return }
        let oddities = table.connections[slot].oddities
        table.connections[slot].oddities.removeAll(keepingCapacity: true)
        withStream(slot) { stream, collector in
            for oddity in oddities {
                stream.noteStreamFinding(Finding(oddity.code), at: nil, &collector)
            }
        }
    }

    private mutating func streamOfConnection(
        _ slot: Int,
        _ direction: Direction,
        _ bytes: Span<UInt8>
    ) -> Int {
        let attachment = table.connections[slot].attachment
        if attachment >= 0 { return attachment }
        let connection = table.connections[slot]
        let client = connection.initiator ?? connection.clientByContent(direction, bytes)
        let stream = StreamTrace(connection, clientDirection: client, options: options)
        let index: Int
        if let free = freeStreams.popLast() {
            index = free
            streams[index] = stream
        } else {
            index = streams.count
            streams.append(stream)
        }
        table.connections[slot].attachment = index
        return index
    }

    /// Lets go of the oldest closed connections.
    private mutating func retire(_ slot: Int) {
        closed.append((slot, table.connections[slot].stream))
        guard closed.count - firstClosed > Self.closedLimit else { return }
        let oldest = closed[firstClosed]
        firstClosed += 1
        if firstClosed == Self.closedLimit {
            closed.removeFirst(firstClosed)
            firstClosed = 0
        }
        if table.connections[oldest.slot].stream == oldest.stream {
            finishConnection(oldest.slot)
        }
    }

    private mutating func finishConnection(_ slot: Int) {
        table.connections[slot].flush()
        drain(slot)
        finishStream(slot)
        if !table.connections[slot].hasSpoken {
            collector.summary.otherStreams["no data", default: 0] += 1
        }
        table.remove(slot)
    }

    /// Ends the HTTP side of a connection.
    private mutating func finishStream(_ slot: Int) {
        collector.summary.ledger.duplicate += table.connections[slot].duplicateBytes
        table.connections[slot].duplicateBytes = 0
        let connection = table.connections[slot]
        guard connection.attachment >= 0 else { return }
        let absence: Absence =
            connection.isReset
            ? .connectionReset : connection.isClosed ? .connectionClosed : .captureEnded
        let moment = Moment(frame: now, arrival: now, offset: 0, acknowledged: 0)
        withStream(slot) { $0.finish(absence, moment, &$1) }
        streams[connection.attachment] = nil
        freeStreams.append(connection.attachment)
        table.connections[slot].attachment = -1
    }
}
