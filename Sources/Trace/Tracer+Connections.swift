import Bytes
import Findings
import HTTPWire
import Packets
import Reassembly

// How connections come and go. A connection that closed stays known for a while, so that late
// segments do not open it anew; where too many are open, those that were silent longest go.
extension Tracer {
    /// How many closed connections are kept.
    private static let closedLimit = 4096

    /// How many connections are known.
    package var connectionCount: Int { table.liveCount }

    /// Finds or opens the connection of a segment.
    mutating func locate(_ segment: TCPSegment) -> (Int, Direction) {
        if let location = table.find(segment) {
            guard location.isSuperseded else {
                table.connections[location.slot].lastFrame = now.number
                return (location.slot, location.direction)
            }
            finishConnection(location.slot)
        }
        if table.liveCount >= options.connectionLimit { makeRoom() }
        let slot = table.open(segment)
        table.connections[slot].lastFrame = now.number
        return (slot, .forward)
    }

    /// Lets go of the quarter of all connections that was silent longest.
    private mutating func makeRoom() {
        let slots = table.liveSlots.sorted {
            table.connections[$0].lastFrame < table.connections[$1].lastFrame
        }
        for slot in slots.prefix(max(1, slots.count / 4)) {
            let attachment = table.connections[slot].attachment
            if attachment >= 0, streams[attachment]?.isPending == true {
                let finding = Finding(.memoryLimitReached)
                streams[attachment]?.noteStreamFinding(finding, at: nil, &collector)
            }
            finishConnection(slot)
        }
    }

    /// The place of a connection's HTTP side, which its first bytes make; `nil` where that was
    /// finished when the connection closed.
    mutating func streamOfConnection(
        _ slot: Int,
        _ direction: Direction,
        _ bytes: Span<UInt8>
    ) -> Int? {
        let attachment = table.connections[slot].attachment
        if attachment >= 0 { return attachment }
        if table.connections[slot].isRetired, table.isClosed(slot) { return nil }
        let forced = table.connections[slot].client(ofServersAt: options.httpPorts)
        let client =
            forced ?? table.connections[slot].initiator
            ?? table.connections[slot].clientByContent(direction, bytes)
        var stream = StreamTrace(
            table.connections[slot],
            clientDirection: client,
            options: options
        )
        if forced != nil { stream.takeAsHTTP() }
        for cause in table.connections[slot].earlyGaps { stream.noteEarlyGap(cause) }
        stream.takeStorage(from: &spareHeads)
        let index = add(consume stream)
        table.connections[slot].attachment = index
        return index
    }

    private mutating func add(_ stream: consuming StreamTrace) -> Int {
        if let free = freeStreams.popLast() {
            streams[free] = stream
            return free
        }
        streams.append(stream)
        return streams.count - 1
    }

    /// Counts bytes that were sent on a connection after it had closed.
    mutating func noteLate(_ count: Int, _ slot: Int) {
        if table.connections[slot].finishedExchanges > 0 {
            collector.summary.ledger.unclaimed += count
        } else {
            collector.summary.ledger.notHTTP += count
        }
    }

    /// Hands over finished exchanges, and lets go of a connection that is closed.
    mutating func settle(_ slot: Int) {
        if !table.connections[slot].oddities.isEmpty { noteOddities(slot) }
        let attachment = table.connections[slot].attachment
        if attachment >= 0 { streams[attachment]?.settle(&collector) }
        guard table.isClosed(slot) else { return }
        if attachment >= 0 { finishStream(slot) }
        if !table.connections[slot].isRetired { retire(slot) }
    }

    private mutating func noteOddities(_ slot: Int) {
        let attachment = table.connections[slot].attachment
        // Before the first bytes are delivered there is nobody to tell; a few are kept.
        guard attachment >= 0 || table.connections[slot].oddities.count > 16 else { return }
        let oddities = table.connections[slot].oddities
        table.connections[slot].oddities.removeAll(keepingCapacity: true)
        guard attachment >= 0 else { return }
        for oddity in oddities {
            let isConflict = oddity.oddity == .conflictingOverlap
            let versions = isConflict ? takeVersions(slot) : nil
            streams[attachment]?.note(oddity, versions, &collector)
        }
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
        defer {
            collector.recorder?.forget(stream)
            collector.cutRecorder?.forget(stream)
        }
        table.connections[slot].flush()
        drain(slot)
        finishStream(slot)
        if !table.hasSpoken(slot) {
            collector.summary.otherStreams["no data", default: 0] += 1
        }
        table.remove(slot)
    }

    /// Ends the HTTP side of a connection.
    private mutating func finishStream(_ slot: Int) {
        collector.summary.ledger.duplicate += table.connections[slot].duplicateBytes
        table.connections[slot].duplicateBytes = 0
        let attachment = table.connections[slot].attachment
        guard attachment >= 0 else { return }
        let absence: Absence =
            table.connections[slot].isReset
            ? .connectionReset
            : table.isClosed(slot) ? .connectionClosed : .captureEnded
        let moment = Moment(frame: now, arrival: now, offset: 0, acknowledged: 0)
        let count = streams[attachment]?.finish(absence, moment, &collector)
        table.connections[slot].finishedExchanges = count ?? 0
        streams[attachment]?.giveStorage(to: &spareHeads)
        streams[attachment] = nil
        freeStreams.append(attachment)
        table.connections[slot].attachment = -1
    }
}
