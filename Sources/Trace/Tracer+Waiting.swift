import Findings
import Packets
import Reassembly

// Connections whose segments wait for others are listed, so that neither time nor memory has to be
// looked after by going through all connections.
extension Tracer {
    /// How many frames go by before the waiting connections are looked after again; more where more
    /// than these wait, so that each frame pays for one connection at the most.
    private static let framesBetweenTending = 1024

    /// Lists a connection that waits.
    mutating func noteWaiting(_ slot: Int) {
        guard !table.connections[slot].isListed else { return }
        table.connections[slot].isListed = true
        waiting.append(slot)
    }

    /// From time to time, lets the waiting connections see the time, and keeps them within memory.
    mutating func tendWaiting() {
        framesSinceTending += 1
        guard framesSinceTending >= max(Self.framesBetweenTending, waiting.count) else { return }
        framesSinceTending = 0
        advanceWaiting()
        keepWithinMemory()
    }

    /// Lets the waiting connections give up what they have waited for long enough.
    mutating func advanceWaiting() {
        // A slot may stand in the list twice, where its connection was replaced.
        for slot in waiting { table.connections[slot].isListed = false }
        var count = 0
        for slot in waiting where !table.connections[slot].isListed {
            table.connections[slot].advance(to: now.timestamp)
            if table.connections[slot].isDue { drain(slot) }
            guard table.isWaiting(slot) else { continue }
            table.connections[slot].isListed = true
            waiting[count] = slot
            count += 1
        }
        waiting.removeLast(waiting.count - count)
    }

    /// Goes on without what is missing where too much waits for it, longest waiting first.
    private mutating func keepWithinMemory() {
        var total = waiting.reduce(0) { $0 + table.connections[$1].waitingBytes }
        guard total > options.memoryLimit else { return }
        let oldestFirst = waiting.sorted {
            table.connections[$0].earliestWaiting < table.connections[$1].earliestWaiting
        }
        for slot in oldestFirst where total > options.memoryLimit {
            total -= table.connections[slot].waitingBytes
            let attachment = table.connections[slot].attachment
            if attachment >= 0 {
                let finding = Finding(.memoryLimitReached)
                streams[attachment]?.noteStreamFinding(finding, at: nil, &collector)
            }
            table.connections[slot].flush()
            drain(slot)
        }
    }
}
