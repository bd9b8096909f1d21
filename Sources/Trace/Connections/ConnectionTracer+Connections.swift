import Bytes
import Findings
import Packets
import Reassembly

// How connections come and go. A connection that closed stays known for a while, so that late
// segments do not open it anew.
//
// What becomes of a connection depends on its own frames only. What has waited too long is given up,
// and what closed long ago is forgotten, with the connection's next frame; where it is done before
// that, as time has passed with the frames of others, it makes no difference but that of memory and
// of when something is shown.
extension ConnectionTracer where Streams: ~Copyable {
    /// How long a closed connection is remembered after its last frame, in nanoseconds: twice the
    /// longest that a segment may be under way, as an end remembers it (RFC 9293 §3.4.2), with a
    /// minute for that as systems have it.
    private static var nanosecondsToRemember: Int64 { 120_000_000_000 }

    /// Finds or opens the connection of a segment.
    mutating func locate(_ segment: TCPSegment) -> (Int, Direction) {
        var foreign: [ForeignSegment] = []
        if let location = table.find(segment) {
            let slot = location.slot
            if !location.isSuperseded, !isForgotten(slot) {
                if table.isOverdue(slot, at: now.timestamp) { giveUpOverdue(slot) }
                table.connections[slot].last = now
                return (slot, location.direction)
            }
            foreign = table.connections[slot].takeForeign(
                ofConnectionOf: segment,
                location.direction
            )
            finishConnection(slot)
        }
        let location = table.open(segment, takingUp: foreign)
        table.connections[location.slot].last = now
        return (location.slot, location.direction)
    }

    /// Whether the connection closed so long ago that what comes is of another.
    private func isForgotten(_ slot: Int) -> Bool {
        guard table.connections[slot].isRetired, table.isClosed(slot) else { return false }
        let elapsed = now.timestamp.nanoseconds(since: table.connections[slot].last.timestamp)
        return elapsed >= Self.nanosecondsToRemember
    }

    /// Gives up what has waited long enough.
    mutating func giveUpOverdue(_ slot: Int) {
        table.connections[slot].advance(to: now.timestamp)
        drain(slot)
    }

    /// Whether a connection's streams are being read, which its first bytes begin; `false` where that
    /// ended when the connection closed.
    mutating func opensStreams(
        _ slot: Int,
        _ direction: Direction,
        _ bytes: Span<UInt8>
    ) -> Bool {
        if table.connections[slot].hasStreams { return true }
        if table.connections[slot].isRetired, table.isClosed(slot) { return false }
        let forced = table.connections[slot].client(ofServersAt: options.httpPorts)
        let client =
            forced ?? table.connections[slot].initiator
            ?? table.connections[slot].clientByContent(direction, bytes)
        let opening = StreamOpening(
            table.connections[slot],
            client: client,
            isForced: forced != nil
        )
        streams.receive(.opened(opening), slot)
        table.connections[slot].hasStreams = true
        return true
    }

    /// Hands over finished exchanges, and lets go of a connection that is closed.
    mutating func settle(_ slot: Int) {
        if !table.connections[slot].oddities.isEmpty { noteOddities(slot) }
        if table.connections[slot].hasStreams { streams.receive(.settled, slot) }
        guard table.isClosed(slot) else { return }
        if !table.connections[slot].hasStreams || !table.isAwaitingAcknowledgement(slot) {
            finishStreams(slot)
        }
        if !table.connections[slot].isRetired { retire(slot) }
    }

    private mutating func noteOddities(_ slot: Int) {
        let isTold = table.connections[slot].hasStreams
        // Before the first bytes are delivered there is nobody to tell; a few are kept.
        guard isTold || table.connections[slot].oddities.count > 16 else { return }
        let oddities = table.connections[slot].oddities
        table.connections[slot].oddities.removeAll(keepingCapacity: true)
        guard isTold else { return }
        for oddity in oddities {
            streams.receive(.oddity(oddity, detail(of: oddity, slot)), slot)
        }
    }

    /// What can be shown of an oddity.
    private mutating func detail(of odd: OddSegment, _ slot: Int) -> FindingDetail? {
        if odd.oddity == .conflictingOverlap { return takeVersions(slot) }
        if let ignored = odd.ignored {
            return .stretch(first: ignored.first, length: ignored.length, frame: ignored.frame)
        }
        return odd.hopLimits.map { .hopLimits(found: $0.found, usual: $0.usual) }
    }

    /// The versions of the bytes that the next conflict is about.
    private mutating func takeVersions(_ slot: Int) -> FindingDetail? {
        guard !table.connections[slot].conflicts.isEmpty else { return nil }
        let conflict = table.connections[slot].conflicts.removeFirst()
        return .versions(first: conflict.first, later: conflict.later)
    }

    /// Takes note that a connection is closed, and lets go of those that closed long ago.
    private mutating func retire(_ slot: Int) {
        table.connections[slot].isRetired = true
        closed.append(Closed(slot: slot, stream: table.connections[slot].stream, since: time))
        let patience = Self.nanosecondsToRemember + options.clockSkew
        while firstClosed < closed.count, isOver(patience, since: closed[firstClosed].since) {
            forgetClosed(patience)
        }
    }

    /// Lets go of the connection that closed first of those that are remembered.
    private mutating func forgetClosed(_ patience: Int64) {
        let oldest = closed[firstClosed]
        firstClosed += 1
        if firstClosed > 1024, firstClosed * 2 > closed.count {
            closed.removeFirst(firstClosed)
            firstClosed = 0
        }
        guard table.connections[oldest.slot].stream == oldest.stream else { return }
        guard table.isClosed(oldest.slot) else {
            // Its reset was forged.
            table.connections[oldest.slot].isRetired = false
            return
        }
        let last = table.connections[oldest.slot].last.timestamp.nanoseconds
        if isOver(patience, since: last) {
            finishConnection(oldest.slot)
        } else {
            closed.append(Closed(slot: oldest.slot, stream: oldest.stream, since: last))
        }
    }

    /// Whether so many nanoseconds of the capture have passed since a time of it.
    private func isOver(_ patience: Int64, since: Int64) -> Bool {
        // Times in files may be lies: an overflow is a long time.
        let (elapsed, overflow) = time.subtractingReportingOverflow(since)
        return overflow || elapsed >= patience
    }

    /// Ends a connection and forgets it.
    mutating func finishConnection(_ slot: Int) {
        let stream = table.connections[slot].stream
        table.connections[slot].flush()
        drain(slot)
        finishStreams(slot)
        if !table.hasSpoken(slot) { countSilent(slot) }
        if let slow = SlowEndpoint(table.connections[slot]) { counts.slowEndpoints.note(slow) }
        table.remove(slot)
        streams.receive(.forgotten(connection: stream), slot)
    }

    /// That of the connection's last frame, for what no place is asked of.
    func lastMoment(_ slot: Int) -> Moment { .of(table.connections[slot].last) }

    /// Counts a connection without data, and says of one that did not come about whose it was.
    private mutating func countSilent(_ slot: Int) {
        guard let failure = table.failure(slot) else {
            counts.otherStreams["no data", default: 0] += 1
            return
        }
        let failed = FailedConnection(table.connections[slot], failure)
        counts.otherStreams[failed.outcome.name, default: 0] += 1
        counts.note(failed)
    }

    /// Ends the streams of a connection, where they are being read.
    private mutating func finishStreams(_ slot: Int) {
        counts.ledger.duplicate += table.connections[slot].duplicateBytes
        table.connections[slot].duplicateBytes = 0
        counts.ledger.unclaimed += table.connections[slot].refusedBytes
        table.connections[slot].refusedBytes = 0
        guard table.connections[slot].hasStreams else { return }
        for direction in Direction.allCases where isSentInVain(slot, direction) {
            streams.receive(.unacknowledged(direction), slot)
        }
        let absence: Absence =
            table.connections[slot].isReset
            ? .connectionReset
            : table.isClosed(slot) ? .connectionClosed : .captureEnded
        streams.receive(.finished(absence), slot, lastMoment(slot))
        table.connections[slot].hasStreams = false
    }
}

extension ConnectionTracer where Streams: ~Copyable {
    /// Whether a direction's last bytes were repeated in vain, and no reset tells why.
    private func isSentInVain(_ slot: Int, _ direction: Direction) -> Bool {
        let isRefused =
            table.connections[slot].isReset
            && table.connections[slot].resetDirection == direction.opposite
        return !isRefused && table.connections[slot].isSentInVain(direction)
    }
}

extension StreamOpening {
    /// What is known of `connection`, whose requests go in the direction `client`.
    fileprivate init(_ connection: borrowing TCPConnection, client: Direction, isForced: Bool) {
        stream = connection.stream
        forwardSource = connection.forwardSource
        backwardSource = connection.backwardSource
        clientDirection = client
        self.isForced = isForced
        hasHandshake = connection.hasHandshake
        connectTime = connection.connectTime
        serverRoundTrip = connection.serverRoundTrip
        establishedTime = connection.establishedTime
        handshakeRepeats = connection.handshakeRepeats
        earlyGaps = connection.earlyGaps
        isWaiting = connection.isToldWaiting
    }
}
