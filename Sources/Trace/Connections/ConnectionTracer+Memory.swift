import Findings
import Packets
import Reassembly

// Everything that is kept counts with what it takes of memory. Where that is too much, what is given
// up first is what holds least: finished exchanges go out, then go connections that carried nothing,
// those that are closed, and those on which nothing is open; then what waits for missing segments,
// messages that are not over, and last the connections that these are of. Of each kind those go
// first that were silent longest.
extension ConnectionTracer where Streams: ~Copyable {
    /// How much memory, in bytes, connections may take whatever the limit is: without any of them
    /// nothing could be told.
    private static var memoryOfFew: Int { 1 << 20 }

    private static var costOfConnection: Int { ConnectionTable.costOfConnection }

    /// What connections, segments and pieces of packets take of memory, in bytes.
    private var footprint: Int {
        waiting.reduce(table.liveCount * Self.costOfConnection + fragments.footprint) {
            $0 + table.waitingFootprint($1)
        }
    }

    /// The most that may be taken so: the rest is for what is as large as the limit allows and is not
    /// counted, what is at work, and what is remembered of segments that were delivered.
    private var limit: Int { options.memoryLimit / 16 * 15 }

    /// Gives up what is beyond the limit on memory.
    mutating func keepWithinMemory() {
        let own = footprint
        guard own + streams.footprintBound > limit else { return }
        let total = own + streams.footprint()
        guard total > limit else { return }
        // With some room, so that the next frames need not do the same.
        giveUp(total - limit / 16 * 15)
    }

    private mutating func giveUp(_ excess: Int) {
        var excess = excess
        let holdings = streams.holdings()
        streams.sealAll()
        excess -= holdings.finishedFootprint
        excess -= shrinkFragments(excess)
        guard excess > 0 else { return }
        let slots = silentFirst(table.liveSlots)
        forget(slots.filter { !table.hasSpoken($0) && !table.isWaiting($0) }, &excess)
        forget(slots.filter { table.connections[$0].isRetired && table.isClosed($0) }, &excess)
        let open = Set(holdings.unfinished.map(\.slot))
        forget(slots.filter { !open.contains($0) && !table.isWaiting($0) }, &excess)
        giveUpWaiting(&excess)
        giveUpMessages(holdings, &excess)
        forget(slots, &excess)
        streams.sealAll()
    }

    private func silentFirst(_ slots: [Int]) -> [Int] {
        table.inOrder(slots) { $0.last.number }
    }

    /// Lets go of incomplete packets; answers how much memory that gives.
    private mutating func shrinkFragments(_ excess: Int) -> Int {
        let before = fragments.footprint
        if excess > 0 { fragments.shrink(to: max(0, before - excess)) }
        return before - fragments.footprint
    }

    /// Lets go of connections, but for the last few.
    private mutating func forget(_ slots: [Int], _ excess: inout Int) {
        for slot in slots where excess > 0 && table.connections[slot].stream >= 0 {
            let cost = Self.costOfConnection + HTTP1Connection.cost
            guard table.liveCount * cost > Self.memoryOfFew else { return }
            excess -= Self.costOfConnection + table.waitingFootprint(slot)
            if table.connections[slot].hasStreams {
                excess -= HTTP1Connection.cost
            } else if table.isWaiting(slot) {
                table.connections[slot].giveUpWaiting()
                drain(slot)
            }
            if table.connections[slot].hasStreams { streams.receive(.memoryShort, slot) }
            finishConnection(slot)
            streams.relieve()
        }
    }

    /// What a connection takes whose streams begin to be read.
    private static var costOfBeginning: Int { HTTP1Connection.cost + ExchangeStore.costOfExchange }

    /// Goes on without the segments that others wait for, where these have waited longest, and where
    /// what comes of it does not take more than what waits.
    private mutating func giveUpWaiting(_ excess: inout Int) {
        guard excess > 0 else { return }
        for slot in table.inOrder(waiting, by: { $0.earliestWaiting }) where excess > 0 {
            let footprint = table.waitingFootprint(slot)
            let isBegun = table.connections[slot].hasStreams
            guard isBegun || footprint > Self.costOfBeginning else { continue }
            excess -= isBegun ? footprint : footprint - Self.costOfBeginning
            if isBegun { streams.receive(.finding(.memoryLimitReached), slot) }
            table.connections[slot].giveUpWaiting()
            drain(slot)
            streams.relieve()
        }
    }

    /// Ends messages that are not over, and what waits for an answer.
    private mutating func giveUpMessages(_ holdings: StreamHoldings, _ excess: inout Int) {
        guard excess > 0 else { return }
        let footprints = Dictionary(uniqueKeysWithValues: holdings.unfinished.map { ($0, $1) })
        for slot in silentFirst(Array(footprints.keys)) where excess > 0 {
            guard table.connections[slot].hasStreams else { continue }
            excess -= footprints[slot] ?? 0
            streams.receive(.givenUp, slot, lastMoment(slot))
            streams.relieve()
        }
    }
}
