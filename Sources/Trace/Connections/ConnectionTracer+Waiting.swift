import Findings
import Packets
import Reassembly

// Connections whose segments wait for others are listed, so that neither time nor memory has to be
// looked after by going through all connections.
extension ConnectionTracer where Streams: ~Copyable {
    /// How many frames go by before the waiting connections are looked after again; more where more
    /// than these wait, so that each frame pays for one connection at the most.
    private static var framesBetweenTending: Int { 1024 }

    /// How much memory, in bytes, may be taken until then, and what a frame may take of it beside
    /// its own bytes: it may open a connection and an exchange.
    private static var costBetweenTending: Int { 256 << 10 }
    private static var costOfFrame: Int { 2048 }

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
        if table.connections[slot].hasStreams { streams.receive(.waiting(isWaiting), slot) }
    }

    /// From time to time, lets the waiting connections see the time, and keeps everything within
    /// memory.
    mutating func tendWaiting(_ captured: Int) {
        framesSinceTending += 1
        costSinceTending += captured + Self.costOfFrame
        guard
            framesSinceTending >= max(Self.framesBetweenTending, waiting.count)
                || costSinceTending >= max(Self.costBetweenTending, options.memoryLimit / 16)
        else { return }
        framesSinceTending = 0
        costSinceTending = 0
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
}
