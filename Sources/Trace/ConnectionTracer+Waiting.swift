import Findings
import Packets
import Reassembly

// Connections whose segments wait for others are listed, so that neither time nor memory has to be
// looked after by going through all connections.
extension ConnectionTracer where Streams: ~Copyable {
    /// How many frames go by before the waiting connections are looked after again; more where more
    /// than these wait, so that each frame pays for one connection at the most.
    private static var framesBetweenTending: Int { 1024 }

    /// Lists a connection that waits.
    mutating func noteWaiting(_ slot: Int) {
        guard !table.connections[slot].isListed else { return }
        table.connections[slot].isListed = true
        waiting.append(slot)
    }

    /// Lets the reader of a connection's streams know whether it waits.
    mutating func tellWaiting(_ slot: Int) {
        let isWaiting = table.isWaiting(slot)
        guard isWaiting != table.connections[slot].isToldWaiting else { return }
        table.connections[slot].isToldWaiting = isWaiting
        if table.connections[slot].hasStreams { streams.setWaiting(slot, isWaiting) }
    }

    /// From time to time, lets the waiting connections see the time, and keeps them within memory.
    mutating func tendWaiting() {
        framesSinceTending += 1
        guard framesSinceTending >= max(Self.framesBetweenTending, waiting.count) else { return }
        framesSinceTending = 0
        if !waiting.isEmpty { advanceWaiting() }
        keepWithinMemory()
    }

    /// Lets the waiting connections give up what they have waited for long enough: so long that no
    /// frame of theirs can come which would be in time.
    mutating func advanceWaiting() {
        let (safe, overflow) = time.subtractingReportingOverflow(options.clockSkew)
        let safeTime = Timestamp(nanoseconds: overflow ? .min : safe)
        // A slot may stand in the list twice, where its connection was replaced.
        for slot in waiting { table.connections[slot].isListed = false }
        var count = 0
        for slot in waiting where !table.connections[slot].isListed {
            table.connections[slot].advance(to: safeTime)
            if table.connections[slot].isDue { drain(slot) }
            guard table.isWaiting(slot) else { continue }
            table.connections[slot].isListed = true
            waiting[count] = slot
            count += 1
        }
        waiting.removeLast(waiting.count - count)
    }

    /// Keeps what waits within memory: first goes what is finished, then what waits for missing
    /// segments, then messages that are not over, longest waiting first.
    private mutating func keepWithinMemory() {
        let waitingBytes = waiting.reduce(0) { $0 + table.connections[$1].waitingBytes }
        guard waitingBytes + streams.footprintBound > options.memoryLimit else { return }
        let holdings = streams.holdings()
        var total = waitingBytes + holdings.footprint
        guard total > options.memoryLimit else { return }
        streams.sealAll()
        total -= holdings.finishedFootprint
        let oldestFirst = waiting.sorted {
            table.connections[$0].earliestWaiting < table.connections[$1].earliestWaiting
        }
        for slot in oldestFirst where total > options.memoryLimit {
            total -= table.connections[slot].waitingBytes
            if table.connections[slot].hasStreams {
                streams.note(slot, .memoryLimitReached)
            }
            table.connections[slot].giveUpWaiting()
            drain(slot)
        }
        if total > options.memoryLimit { giveUpMessages() }
    }

    /// Ends messages that are not over, and what waits for an answer, on the connections that were
    /// silent longest, until a good part of the memory is free again.
    private mutating func giveUpMessages() {
        let silentFirst = streams.holdings().unfinished.sorted {
            table.connections[$0.slot].last.number < table.connections[$1.slot].last.number
        }
        // What is given up is finished, and still counted until it goes out.
        var given = 0
        for (slot, footprint) in silentFirst where given < options.memoryLimit / 4 {
            given += footprint
            streams.giveUp(slot, lastMoment(slot))
        }
        streams.sealAll()
    }
}
