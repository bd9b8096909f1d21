import Bytes
import Findings
import HTTPWire
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
    let options: TracerOptions
    var table: ConnectionTable
    var streams: [StreamTrace?] = []
    var freeStreams: [Int] = []
    /// The heads of parsers that are done, whose storage is used again.
    var spareHeads: [MessageHead] = []
    var collector = TraceCollector()

    /// The latest frame, in which everything that is finished at the end counts as finished.
    var now = FrameReference(number: 0, timestamp: Timestamp(nanoseconds: 0))

    /// Connections that are closed, in the order in which they closed; kept for a while so that
    /// late segments do not open them anew.
    var closed: [(slot: Int, stream: Int)] = []
    var firstClosed = 0

    /// The slots of connections that may keep segments which wait for others.
    var waiting: [Int] = []
    var framesSinceTending = 0

    /// Keeps what connections carried that somebody asked about; mostly there is none.
    var conversationRecorder: ConversationRecorder?

    private var fragments = FragmentTable()

    /// Frames without a TCP segment to use, by reason; reasons are made by the capture, so their
    /// number is limited.
    private var stops: [DecodeStop: Int] = [:]
    private var otherStops = 0
    private static let stopLimit = 256

    package init(options: TracerOptions = TracerOptions()) {
        self.options = options
        table = ConnectionTable(options: ReassemblyOptions(overlap: options.overlap))
        if options.notesSegmentCuts { collector.cutRecorder = SegmentCutRecorder() }
        if !options.frames.isEmpty { collector.recorder = FrameRecorder(frames: options.frames) }
        if !options.streams.isEmpty {
            conversationRecorder = ConversationRecorder(
                streams: options.streams,
                limit: options.conversationLimit
            )
        }
    }

    /// What the capture has come to so far.
    package var summary: TraceSummary {
        var summary = collector.summary
        summary.streams = table.count
        for (stop, count) in stops { summary.unusedFrames["\(stop)", default: 0] += count }
        if otherStops > 0 { summary.unusedFrames["other reasons"] = otherStops }
        return summary
    }

    /// Takes the next frame of the capture, with the bytes that were captured of it.
    package mutating func process(_ frame: Frame, _ bytes: Span<UInt8>) {
        collector.summary.frames += 1
        now = FrameReference(number: frame.number, timestamp: frame.timestamp)
        collector.now = frame.timestamp
        if collector.recorder != nil { beginRecording(frame, bytes) }
        let outcome = PacketDecoder.decode(
            bytes,
            linkType: frame.linkType,
            originalLength: frame.originalLength,
            verifiesChecksums: options.verifiesChecksums
        )
        switch outcome {
        case .segment(let segment): take(segment, bytes)
        case .fragment(let fragment): take(fragment, bytes)
        case .stop(let stop): count(stop)
        }
        if !waiting.isEmpty || collector.footprint > options.memoryLimit { tendWaiting() }
        if collector.recorder != nil { recordWaits() }
    }

    /// Lets capture time pass where no frame comes, so that nothing waits longer than it should.
    package mutating func advance(to time: Timestamp) {
        now.timestamp = time
        collector.now = time
        advanceWaiting()
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
            return table.isWaiting(slot)
                || attachment >= 0 && streams[attachment]?.isPending == true
        }
    }

    /// Lends the exchanges that are finished to `body`, in the order in which they finished, and
    /// forgets them.
    package mutating func takeFinished(_ body: (Exchange) -> Void) {
        if collector.hasReleasable { collector.drain(body) }
    }

    /// Moves exchanges that are finished to `batch`, in the order in which they finished, as long as
    /// there is room.
    package mutating func moveFinished(to batch: inout ExchangeBatch) {
        if collector.hasReleasable { collector.drain(to: &batch) }
    }

    private mutating func take(_ fragment: Fragment, _ bytes: Span<UInt8>) {
        collector.recorder?.note(fragment)
        guard let whole = fragments.add(fragment, bytes, at: now.timestamp) else { return }
        collector.recorder?.noteWhole(fragment.key, in: now.number)
        let outcome = PacketDecoder.decode(
            reassembled: whole.span,
            fragment.key,
            verifiesChecksums: options.verifiesChecksums
        )
        switch outcome {
        case .segment(let segment): take(segment, whole.span)
        case .fragment: collector.summary.unusedFrames["fragment in a fragment", default: 0] += 1
        case .stop(let stop): count(stop)
        }
    }

    private mutating func count(_ stop: DecodeStop) {
        collector.recorder?.note(stop)
        if stops[stop] == nil, stops.count >= Self.stopLimit {
            otherStops += 1
        } else {
            stops[stop, default: 0] += 1
        }
    }

    private mutating func take(_ segment: TCPSegment, _ bytes: Span<UInt8>) {
        if segment.isChecksumWrong { return leaveOut(segment) }
        let (slot, direction) = locate(segment)
        collector.summary.ledger.payload += segment.payload.count
        let knownOddities =
            collector.recorder == nil ? 0 : table.connections[slot].oddities.count
        let acceptance = table.connections[slot].accept(
            segment,
            direction,
            frame: now,
            bytes: bytes
        )
        if collector.recorder != nil { record(segment, slot, direction, knownOddities) }
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
        if acceptance.isSteady {
            if !acceptance.payload.isEmpty { settle(slot) }
            return
        }
        if table.connections[slot].repeated != nil { compareRepeated(slot, bytes) }
        if table.connections[slot].isDue { drain(slot) }
        if table.isWaiting(slot) { noteWaiting(slot) }
        settle(slot)
    }

    /// Counts a segment that its receiver does not take, and says so with the exchange it hits.
    private mutating func leaveOut(_ segment: TCPSegment) {
        count(.wrongChecksum(.tcp))
        collector.summary.ledger.payload += segment.payload.count
        collector.summary.ledger.unclaimed += segment.payload.count
        guard let location = table.find(segment) else { return }
        let attachment = table.connections[location.slot].attachment
        guard attachment >= 0 else { return }
        streams[attachment]?.noteStreamFinding(Finding(.invalidChecksum), at: nil, &collector)
    }

    /// Compares bytes that came again with those that were taken, as far as these are kept.
    private mutating func compareRepeated(_ slot: Int, _ bytes: Span<UInt8>) {
        guard let repeated = table.connections[slot].repeated.take() else { return }
        let attachment = table.connections[slot].attachment
        guard attachment >= 0, !repeated.range.isEmpty,
            let conflict = streams[attachment]?.conflict(
                of: repeated,
                bytes.extracting(repeated.range),
                collector
            )
        else { return }
        table.connections[slot].note(conflict, in: repeated.direction)
    }

    /// Gives delivered bytes to the connection's parsers.
    private mutating func deliver(
        _ slot: Int,
        _ direction: Direction,
        _ bytes: Span<UInt8>,
        _ frame: FrameReference,
        _ acknowledged: Int,
        cut: Int,
        arrival: FrameReference? = nil
    ) {
        let offset = table.offset(slot, direction) - bytes.count - cut
        if conversationRecorder != nil { keep(bytes, at: offset, slot, direction, frame) }
        guard let stream = streamOfConnection(slot, direction, bytes) else {
            if collector.recorder != nil {
                recordFate(.late, offset, bytes.count, slot, direction, frame)
            }
            return noteLate(bytes.count, slot)
        }
        if collector.recorder != nil {
            recordFate(.delivered(in: now.number), offset, bytes.count, slot, direction, frame)
        }
        let moment = Moment(
            frame: frame,
            arrival: arrival ?? now,
            offset: offset,
            acknowledged: acknowledged
        )
        streams[stream]?.feed(direction, bytes, moment, &collector)
        streams[stream]?.countFootprint(&collector)
    }

    /// Works off what else became due on a connection.
    mutating func drain(_ slot: Int) {
        while let event = table.connections[slot].nextEvent() {
            if case .data(let payload) = event {
                // What waited in vain was not completed by the frame that ended the waiting.
                let arrival = table.isGivingUp(slot) ? payload.frame : now
                deliver(
                    slot,
                    payload.direction,
                    payload.bytes.span,
                    payload.frame,
                    payload.acknowledgedOffset,
                    cut: payload.cutLength,
                    arrival: arrival
                )
            } else {
                pass(event, slot)
            }
        }
        settle(slot)
    }

    /// Tells the connection's parsers of anything but data.
    private mutating func pass(_ event: StreamEvent, _ slot: Int) {
        if conversationRecorder != nil { keep(event, slot) }
        if case .gap(_, let length, _) = event { collector.summary.ledger.gap += length }
        let attachment = table.connections[slot].attachment
        guard attachment >= 0 else {
            if case .gap(_, _, let cause) = event, table.connections[slot].earlyGaps.count < 2 {
                table.connections[slot].earlyGaps.append(cause)
            }
            return
        }
        switch event {
        case .data: break
        case .gap(let direction, let length, let cause):
            let place = moment(slot, direction, back: length)
            streams[attachment]?.skip(direction, length: length, cause: cause, place, &collector)
        case .end(let direction):
            let place = moment(slot, direction, back: 0)
            streams[attachment]?.end(direction, place, &collector)
        case .reset(let direction):
            let place = moment(slot, direction, back: 0)
            streams[attachment]?.reset(place, &collector)
        }
    }

    private func moment(_ slot: Int, _ direction: Direction, back length: Int) -> Moment {
        Moment(
            frame: now,
            arrival: now,
            offset: table.offset(slot, direction) - length,
            acknowledged: table.offset(slot, direction.opposite)
        )
    }
}
