import Bytes
import Findings
import Packets
import Reassembly

// How connections come and go. A connection that closed stays known for a while, so that late
// segments do not open it anew; where too many are open, those that were silent longest go.
extension ConnectionTracer where Streams: ~Copyable {
    /// How many closed connections are kept.
    private static var closedLimit: Int { 4096 }

    /// Finds or opens the connection of a segment.
    mutating func locate(_ segment: TCPSegment) -> (Int, Direction) {
        var opening: DoubtedOpening?
        if let location = table.find(segment) {
            guard location.isSuperseded else {
                table.connections[location.slot].lastFrame = now.number
                return (location.slot, location.direction)
            }
            opening = table.connections[location.slot].opening(
                takenUpBy: segment,
                location.direction
            )
            finishConnection(location.slot)
        }
        if table.liveCount >= options.connectionLimit { makeRoom() }
        let location = table.open(segment, takingUp: opening, &delivered)
        table.connections[location.slot].lastFrame = now.number
        return (location.slot, location.direction)
    }

    /// Lets go of the quarter of all connections that was silent longest.
    private mutating func makeRoom() {
        let slots = table.liveSlots.sorted {
            table.connections[$0].lastFrame < table.connections[$1].lastFrame
        }
        for slot in slots.prefix(max(1, slots.count / 4)) {
            if table.connections[slot].hasStreams { streams.noteShortage(slot) }
            finishConnection(slot)
        }
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
        let connection = table.connections[slot]
        let forced = connection.client(ofServersAt: options.httpPorts)
        let client =
            forced ?? connection.initiator ?? connection.clientByContent(direction, bytes)
        streams.open(slot, StreamOpening(connection, client: client, isForced: forced != nil))
        table.connections[slot].hasStreams = true
        return true
    }

    /// Hands over finished exchanges, and lets go of a connection that is closed.
    mutating func settle(_ slot: Int) {
        if !table.connections[slot].oddities.isEmpty { noteOddities(slot) }
        if table.connections[slot].hasStreams { streams.settle(slot) }
        guard table.isClosed(slot) else { return }
        finishStreams(slot)
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
            streams.note(slot, oddity, detail(of: oddity, slot))
        }
    }

    /// What can be shown of an oddity.
    private mutating func detail(of odd: OddSegment, _ slot: Int) -> FindingDetail? {
        if odd.oddity == .conflictingOverlap { return takeVersions(slot) }
        return odd.hopLimits.map { .hopLimits(found: $0.found, usual: $0.usual) }
    }

    /// The versions of the bytes that the next conflict is about.
    private mutating func takeVersions(_ slot: Int) -> FindingDetail? {
        guard !table.connections[slot].conflicts.isEmpty else { return nil }
        let conflict = table.connections[slot].conflicts.removeFirst()
        return .versions(first: conflict.first, later: conflict.later)
    }

    /// Lets go of the oldest closed connections.
    private mutating func retire(_ slot: Int) {
        table.connections[slot].isRetired = true
        closed.append((slot, table.connections[slot].stream))
        guard closed.count - firstClosed > Self.closedLimit else { return }
        let oldest = closed[firstClosed]
        firstClosed += 1
        if firstClosed == Self.closedLimit {
            closed.removeFirst(firstClosed)
            firstClosed = 0
        }
        guard table.connections[oldest.slot].stream == oldest.stream else { return }
        if table.isClosed(oldest.slot) {
            finishConnection(oldest.slot)
        } else {
            // Its reset was forged.
            table.connections[oldest.slot].isRetired = false
        }
    }

    /// Ends a connection and forgets it.
    mutating func finishConnection(_ slot: Int) {
        let stream = table.connections[slot].stream
        table.connections[slot].flush()
        drain(slot)
        finishStreams(slot)
        if !table.hasSpoken(slot) {
            counts.otherStreams["no data", default: 0] += 1
        }
        table.remove(slot)
        streams.forget(slot, stream: stream)
    }

    /// Ends the streams of a connection, where they are being read.
    private mutating func finishStreams(_ slot: Int) {
        counts.ledger.duplicate += table.connections[slot].duplicateBytes
        table.connections[slot].duplicateBytes = 0
        counts.ledger.unclaimed += table.connections[slot].refusedBytes
        table.connections[slot].refusedBytes = 0
        guard table.connections[slot].hasStreams else { return }
        let absence: Absence =
            table.connections[slot].isReset
            ? .connectionReset
            : table.isClosed(slot) ? .connectionClosed : .captureEnded
        let moment = Moment(frame: now, arrival: now, offset: 0, acknowledged: 0)
        streams.finish(slot, absence, moment)
        table.connections[slot].hasStreams = false
    }
}

extension StreamOpening {
    /// What is known of `connection`, whose requests go in the direction `client`.
    fileprivate init(_ connection: TCPConnection, client: Direction, isForced: Bool) {
        stream = connection.stream
        forwardSource = connection.forwardSource
        backwardSource = connection.backwardSource
        clientDirection = client
        self.isForced = isForced
        hasHandshake = connection.hasHandshake
        connectTime = connection.connectTime
        serverRoundTrip = connection.serverRoundTrip
        establishedTime = connection.establishedTime
        earlyGaps = connection.earlyGaps
    }
}
