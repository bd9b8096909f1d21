import Bytes
import Findings
import Packets
import Reassembly

/// Turns the frames of a capture into the streams of its TCP connections, for somebody who reads
/// them.
struct ConnectionTracer<Streams: StreamEventReceiver & ~Copyable>: ~Copyable {
    let options: TracerOptions
    var table: ConnectionTable
    var delivered: DeliveredSegments

    /// Who reads the streams.
    var streams: Streams

    /// What the capture has come to below HTTP.
    var counts = TraceSummary()

    /// The latest frame, in which everything that is finished at the end counts as finished.
    var now = FrameReference(number: 0, timestamp: Timestamp(nanoseconds: 0))
    private var clock = TraceClock()

    /// Connections that are closed, in the order in which they closed, from ``firstClosed`` on; kept
    /// for a while so that late segments do not open them anew.
    var closed: [Closed] = []
    var firstClosed = 0

    /// A connection that is closed.
    struct Closed: Sendable {
        var slot: Int
        var stream: Int
        /// What the time of the capture was, in nanoseconds since the epoch.
        var since: Int64
    }

    /// The slots of connections that may keep segments which wait for others.
    var waiting: [Int] = []
    var framesSinceTending = 0
    var costSinceTending = 0

    /// Keeps what connections carried that somebody asked about; mostly there is none.
    var conversationRecorder: ConversationRecorder?

    var fragments = FragmentTable()

    /// Frames without a TCP segment to use, by reason; reasons are made by the capture, so their
    /// number is limited.
    var stops: [DecodeStop: Int] = [:]
    var otherStops = 0

    init(options: TracerOptions, streams: consuming Streams) {
        self.options = options
        self.streams = streams
        table = ConnectionTable(
            options: ReassemblyOptions(overlap: options.overlap),
            memoryAtWork: options.memoryLimit / 64
        )
        delivered = DeliveredSegments(memory: options.memoryLimit / 128)
        if !options.streams.isEmpty {
            conversationRecorder = ConversationRecorder(
                streams: options.streams,
                limit: options.conversationLimit
            )
        }
    }

    /// What the capture has come to so far below HTTP.
    var summary: TraceSummary {
        var summary = counts
        summary.streams = table.count
        for (stop, count) in stops { summary.unusedFrames["\(stop)", default: 0] += count }
        if otherStops > 0 { summary.unusedFrames["other reasons"] = otherStops }
        return summary
    }

    /// Takes the next frame of the capture, with the bytes that were captured of it.
    mutating func process(_ frame: Frame, _ bytes: Span<UInt8>) {
        counts.frames += 1
        now = FrameReference(number: frame.number, timestamp: frame.timestamp)
        moveClock()
        if streams.recorder != nil { beginRecording(frame, bytes) }
        let outcome = PacketDecoder.decode(
            bytes,
            linkType: frame.linkType,
            originalLength: frame.originalLength,
            options.decoding
        )
        take(outcome, frame, bytes)
        tendWaiting(bytes.count)
    }

    /// Lets capture time pass where no frame comes, so that nothing waits longer than it should.
    mutating func advance(to time: Timestamp) {
        now.timestamp = time
        moveClock()
        advanceWaiting()
    }

    private mutating func moveClock() {
        clock.frame = now.number
        clock.nanoseconds = max(clock.nanoseconds, now.timestamp.nanoseconds)
        clock.timestamp = now.timestamp.nanoseconds
        streams.advance(to: clock)
    }

    /// The latest time of the capture so far, in nanoseconds since the epoch.
    var time: Int64 { clock.nanoseconds }

    /// Ends the trace: what is unfinished is finished as it stands; `relieve` is called with each
    /// connection, as much may be finished.
    mutating func finish(_ relieve: (inout Streams) -> Void = { $0.relieve() }) {
        for slot in table.liveSlots(by: { $0.stream }) {
            finishConnection(slot)
            relieve(&streams)
        }
        streams.sealAll()
        let waiting = fragments.waiting + fragments.abandoned
        if waiting > 0 { counts.unusedFrames["incomplete IP fragments"] = waiting }
    }

    /// Takes a segment to its connection.
    mutating func take(_ segment: TCPSegment, _ bytes: Span<UInt8>) {
        if segment.isChecksumWrong { return leaveOut(segment) }
        let (slot, direction) = locate(segment)
        counts.ledger.payload += segment.payload.count
        let knownOddities =
            streams.recorder == nil ? 0 : table.connections[slot].oddities.count
        let acceptance = table.connections[slot].accept(
            segment,
            direction,
            frame: now,
            bytes: bytes,
            &delivered
        )
        if streams.recorder != nil { record(segment, slot, direction, knownOddities) }
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
        if let moved = table.connections[slot].moved.take(), table.connections[slot].hasStreams {
            streams.receive(.moved(moved), slot, .of(now))
        }
        if table.connections[slot].isDue { drain(slot) }
        if table.isWaiting(slot) { noteWaiting(slot) }
        tellWaiting(slot)
        settle(slot)
    }

    /// Counts a segment that its receiver does not take, and says so with the exchange it hits.
    private mutating func leaveOut(_ segment: TCPSegment) {
        count(.wrongChecksum(.tcp))
        counts.ledger.payload += segment.payload.count
        counts.ledger.unclaimed += segment.payload.count
        guard let location = table.find(segment), table.connections[location.slot].hasStreams
        else { return }
        streams.receive(.finding(.invalidChecksum), location.slot)
    }

    /// Has bytes that came again compared with those that were taken.
    private mutating func compareRepeated(_ slot: Int, _ bytes: Span<UInt8>) {
        guard let repeated = table.connections[slot].repeated.take(), !repeated.range.isEmpty,
            table.connections[slot].hasStreams
        else { return }
        streams.receive(.repeated(repeated), bytes.extracting(repeated.range), slot, .none)
    }

    /// Gives delivered bytes to the connection's parsers.
    private mutating func deliver(
        _ slot: Int,
        _ direction: Direction,
        _ bytes: Span<UInt8>,
        _ frame: FrameReference,
        _ acknowledged: Int,
        cut: Int,
        arrival: FrameReference? = nil,
        passedIn passing: FrameReference? = nil
    ) {
        let offset = table.offset(slot, direction) - bytes.count - cut
        if conversationRecorder != nil { keep(bytes, at: offset, slot, direction, frame) }
        guard opensStreams(slot, direction, bytes) else {
            if streams.recorder != nil {
                recordFate(.late, offset, bytes.count, slot, direction, frame)
            }
            return streams.receive(.late(bytes.count), slot)
        }
        if streams.recorder != nil {
            recordFate(
                .delivered(in: (passing ?? now).number),
                offset,
                bytes.count,
                slot,
                direction,
                frame
            )
        }
        let moment = Moment(
            frame: frame,
            arrival: arrival ?? now,
            offset: offset,
            acknowledged: acknowledged
        )
        streams.receive(.bytes(direction), bytes, slot, moment)
    }

    /// Works off what else became due on a connection.
    ///
    /// What is given up follows from the connection's last frame, whatever the one at hand is of.
    mutating func drain(_ slot: Int) {
        streams.setTime(of: table.connections[slot].last)
        defer { streams.setTime(of: now) }
        while let event = table.connections[slot].nextEvent(&delivered) {
            if case .data(let payload) = event {
                deliver(
                    slot,
                    payload.direction,
                    payload.bytes.span,
                    payload.frame,
                    payload.acknowledgedOffset,
                    cut: payload.cutLength,
                    arrival: payload.arrival,
                    passedIn: table.isGivingUp(slot) ? nil : payload.arrival
                )
            } else {
                pass(event, slot)
            }
        }
        tellWaiting(slot)
        settle(slot)
    }

    /// Tells the connection's parsers of anything but data.
    private mutating func pass(_ event: ReassemblyEvent, _ slot: Int) {
        if conversationRecorder != nil { keep(event, slot) }
        if case .gap(_, let length, _) = event { counts.ledger.gap += length }
        guard table.connections[slot].hasStreams else {
            if case .gap(let direction, let length, let cause) = event {
                table.connections[slot].earlyGaps.note(direction, length, cause)
            }
            return
        }
        switch event {
        case .data: break
        case .gap(let direction, let length, let cause):
            let place = moment(slot, direction, back: length)
            streams.receive(.gap(direction, length: length, cause: cause), slot, place)
        case .end(let direction):
            let end = StreamEnd(
                fin: table.connections[slot][direction].finFrame ?? now,
                received: table.receivedLength(slot, of: direction.opposite),
                isAnswer: table.connections[slot].isEndReceived(direction.opposite)
            )
            streams.receive(.ended(direction, end), slot, moment(slot, direction, back: 0))
        case .reset(let direction):
            let received = table.receivedLength(slot, of: direction.opposite)
            var place = moment(slot, direction, back: 0)
            place.frame = table.connections[slot].resetFrame ?? place.frame
            streams.receive(.reset(direction, received: received), slot, place)
        }
    }

    private func moment(_ slot: Int, _ direction: Direction, back length: Int) -> Moment {
        Moment(
            frame: table.connections[slot].last,
            arrival: table.connections[slot].last,
            offset: table.offset(slot, direction) - length,
            acknowledged: table.offset(slot, direction.opposite)
        )
    }
}
