package import Packets

/// Turns the frames of a capture into the HTTP exchanges that are in them.
///
/// ```swift
/// var tracer = Tracer()
/// // for each frame:
/// tracer.process(frame, bytes)
/// tracer.takeManyFinished { exchange in … }
/// // at the end:
/// tracer.finish { exchange in … }
/// ```
package struct Tracer: ~Copyable {
    private var connections: ConnectionTracer<ConnectionReaders>

    package init(options: TracerOptions = TracerOptions()) {
        connections = ConnectionTracer(options: options, streams: ConnectionReaders(options))
    }

    /// What the capture has come to so far.
    package var summary: TraceSummary {
        var summary = connections.summary
        summary.add(connections.streams.assembler.summary)
        return summary
    }

    /// How many frames it has taken.
    package var frameCount: Int { connections.counts.frames }

    /// How many connections are known.
    package var connectionCount: Int { connections.table.liveCount }

    /// What became of the frames that ``TracerOptions/frames`` asks about, as far as they were seen;
    /// whole once the trace has ended.
    package var explanations: [FrameExplanation] {
        connections.streams.recorder?.explanations ?? []
    }

    /// What the connections carried that ``TracerOptions/streams`` asks about, as far as they were
    /// seen; whole once the trace has ended.
    package var conversations: [Conversation] {
        connections.conversationRecorder?.inOrder ?? []
    }

    /// Takes the next frame of the capture, with the bytes that were captured of it.
    package mutating func process(_ frame: Frame, _ bytes: Span<UInt8>) {
        connections.process(frame, bytes)
        if connections.streams.recorder != nil { connections.recordWaits() }
    }

    /// Lets capture time pass where no frame comes, so that nothing waits longer than it should.
    package mutating func advance(to time: Timestamp) { connections.advance(to: time) }

    /// Ends the trace: what is unfinished is finished as it stands.
    package mutating func finish() { connections.finish() }

    /// Does the same, and lends to `body` what is finished, so that it need not be kept all at once.
    package mutating func finish(_ body: (Exchange) -> Void) {
        connections.finish { streams in
            streams.assembler.releaseSealed()
            if streams.assembler.hasMuchToLend { streams.assembler.lendAll(body) }
        }
        takeFinished(body)
    }

    /// Whether something waits for more to come: an exchange for its end, bytes for others.
    package var isPending: Bool {
        connections.table.liveSlots.contains { slot in
            connections.table.isWaiting(slot) || connections.streams.isPending(slot)
        }
    }

    /// The latest time of the capture so far.
    package var time: Timestamp { Timestamp(nanoseconds: connections.time) }

    /// Lends each exchange as it stands whose request began before `time` and that is not over, in no
    /// order.
    package func lendPending(askedBefore time: Timestamp, _ body: (Exchange) -> Void) {
        for slot in connections.table.liveSlots {
            connections.streams.lendPending(slot, askedBefore: time, body)
        }
    }

    /// Lends the exchanges that are finished to `body`, in the order in which they finished, and
    /// forgets them.
    package mutating func takeFinished(_ body: (Exchange) -> Void) {
        connections.streams.assembler.release()
        connections.streams.assembler.lendAll(body)
    }

    /// Does the same once they are many; to be called for every frame, and ``takeFinished(_:)`` where
    /// no frame is waiting.
    package mutating func takeManyFinished(_ body: (Exchange) -> Void) {
        guard connections.streams.assembler.hasReleasable else { return }
        connections.streams.assembler.release()
        if connections.streams.assembler.hasMuchToLend { takeFinished(body) }
    }
}

extension ExchangeAssembler {
    /// Lends everything that was let go.
    fileprivate mutating func lendAll(_ body: (Exchange) -> Void) {
        _ = lend { exchange, _ in
            body(exchange)
            return true
        }
    }
}
