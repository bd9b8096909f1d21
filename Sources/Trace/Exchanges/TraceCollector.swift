import Findings
import HTTPWire
import Packets
import Reassembly

/// What comes out of a tracer: finished exchanges in the order in which they finished, and the sums
/// over the whole capture.
///
/// A finished exchange is held for a moment, because bytes that belong to no message may follow it
/// and are reported with it: until something shows that its messages are over, and for 50 ms of
/// capture time at the most. How long depends on its own stream and the time, and not on what other
/// streams hold. Where bytes of its stream wait for others, or are part of a line, it is held until
/// they are known, and lets those that finished later go first.
struct TraceCollector: ~Copyable {
    /// How long a finished exchange is held, in nanoseconds.
    static let holdingTime: Int64 = 50_000_000

    /// How long after it was finished, in nanoseconds, a frame of the same connection may come that
    /// is about a finished exchange.
    ///
    /// It is less, so that captures whose clock goes back a little do
    /// not have it depend on the frames of others.
    private static let reportingTime: Int64 = 40_000_000

    /// For how many frames it is held at the most: a capture's clock may stand still.
    static let holdingFrames = 4096

    /// How many exchanges that are let go are worth lending while others are to come, and how much
    /// they may take of memory until then, in bytes.
    ///
    /// From its frames to its text, an exchange is half as much code again as the first cache of a
    /// processor holds: rendered one by one, each has that code fetched anew.
    private static let portion = (count: 32, footprint: 1 << 16)

    private struct Held: Sendable {
        /// The exchange's slot in ``exchanges``.
        var slot: Int
        var finished: TraceClock
        /// Since when it is held: since then, or since nothing behind it is awaited any more.
        var since: TraceClock
        /// What ``TraceCollector/ordinal`` was.
        var ordinal: Int
        var isSealed: Bool
        /// Whether bytes behind it are not known yet.
        var isAwaiting = false
        /// What the exchange takes of memory and is no longer in ``TraceCollector/footprint``.
        var footprint = 0
    }

    private var held: [Held] = []
    private var firstHeld = 0
    /// Those before ``firstHeld`` are let go; from here on they were not lent yet.
    private var firstToLend = 0
    /// What those that were not lent yet take of memory, in bytes.
    private var footprintToLend = 0
    /// How many exchanges were lent before `held[0]`.
    private var base = 0

    /// Those that are awaiting and let others go first, by number.
    private var postponed: [Int: Held] = [:]

    /// The exchanges that are open, and those that are finished and held.
    var exchanges: ExchangeStore

    /// What the messages take of memory that were not let go yet, in bytes: see
    /// ``MessageHead/footprint``.
    var footprint = 0

    /// The sums so far.
    var summary = TraceSummary()

    /// Notes what becomes of frames that somebody asked about; mostly there is none.
    var recorder: FrameRecorder?

    /// Notes where segments begin; mostly there is none.
    var cutRecorder: SegmentCutRecorder?

    /// The time.
    var now = TraceClock()

    /// Says of what is told to several collectors what came first; counts up.
    var ordinal = 0

    /// Makes a collector whose open exchanges rest but for those that take so many bytes.
    init(memoryAtWork: Int) { exchanges = ExchangeStore(memoryAtWork: memoryAtWork) }

    /// Counts what was added to the messages of the exchange in a slot, in bytes.
    mutating func count(_ bytes: Int, keptIn slot: Int) {
        footprint += bytes
        exchanges[slot].footprint += bytes
    }

    /// Takes the finished exchange in a slot; answers a number to speak of it by.
    mutating func finish(_ slot: Int) -> Int {
        summary.exchanges += 1
        held.append(
            Held(slot: slot, finished: now, since: now, ordinal: ordinal, isSealed: false)
        )
        return base + held.count - 1
    }

    /// A finished exchange to which something may be added; `nil` where it is too late for that.
    func exchange(_ number: Int) -> Exchange? {
        openSlot(number).map { exchanges[$0] }
    }

    /// Adds a finding to a finished exchange; `false` where it is too late for that.
    mutating func note(_ finding: Finding, with number: Int) -> Bool {
        guard let slot = openSlot(number) else { return false }
        exchanges[slot].findings.note(finding, folding: true)
        return true
    }

    /// Changes a finished exchange; `false` where it is too late for that.
    mutating func change(_ number: Int, _ change: (inout Exchange) -> Void) -> Bool {
        guard let slot = openSlot(number) else { return false }
        change(&exchanges[slot])
        return true
    }

    /// Adds what TCP cost to a finished exchange; `false` where it is too late for that.
    mutating func charge(_ odd: OddSegment, isRequest: Bool, to number: Int) -> Bool {
        guard let slot = openSlot(number) else { return false }
        exchanges[slot].transport.add(odd, isRequest: isRequest)
        return true
    }

    /// Takes note whether bytes behind a finished exchange are not known yet; answers the number to
    /// speak of it by from now on.
    mutating func await(_ number: Int, _ isAwaiting: Bool) -> Int {
        if number - base >= firstHeld {
            held[number - base].isAwaiting = isAwaiting
        } else if !isAwaiting, postponed[number] != nil {
            return resume(number)
        }
        return number
    }

    /// Puts an exchange that was postponed behind those that are held.
    private mutating func resume(_ number: Int) -> Int {
        guard var item = postponed.removeValue(forKey: number) else { return number }
        item.isAwaiting = false
        item.ordinal = ordinal
        // If it might go out at once, others in front of it would keep it from that, and which these
        // are depends on how the connections are divided.
        item.since = now
        held.append(item)
        return base + held.count - 1
    }

    /// Lets go of a finished exchange: nothing more will be found about it.
    mutating func seal(_ number: Int) {
        let index = resume(number) - base
        if index >= firstHeld { seal(at: index) }
    }

    /// Lets go of all of them but those that are awaiting.
    mutating func sealAll() {
        for index in firstHeld..<held.count where !held[index].isAwaiting { seal(at: index) }
    }

    /// It may have to wait for others all the same, and no longer counts: whether others wait must
    /// not depend on how the connections are divided.
    private mutating func seal(at index: Int) {
        held[index].isSealed = true
        discount(at: index)
    }

    /// No longer counts what an exchange takes of memory, and keeps in mind how much that is.
    private mutating func discount(at index: Int) {
        let slot = held[index].slot
        held[index].footprint += exchanges[slot].footprint
        footprint -= exchanges[slot].footprint
        exchanges[slot].footprint = 0
    }

    /// What the finished exchanges that are held and not awaiting take of ``footprint``.
    var heldFootprint: Int {
        held[firstHeld...].reduce(0) { $0 + ($1.isAwaiting ? 0 : exchanges[$1.slot].footprint) }
    }

    /// What a finished exchange takes of ``footprint`` if it is awaiting.
    func awaitingFootprint(_ number: Int) -> Int {
        let index = number - base
        guard let item = index >= firstHeld ? held[index] : postponed[number] else { return 0 }
        return item.isAwaiting ? exchanges[item.slot].footprint : 0
    }

    /// Whether an exchange may go out.
    var hasReleasable: Bool {
        firstHeld < held.count && isReleasable(held[firstHeld])
    }

    /// Whether exchanges are let go that were not lent.
    var hasToLend: Bool { firstToLend < firstHeld }

    /// Whether they are so many that they had better be lent before more are let go.
    var hasMuchToLend: Bool {
        firstHeld - firstToLend >= Self.portion.count
            || footprintToLend >= Self.portion.footprint
    }

    /// The ordinal of the first finished exchange that was not lent; `nil` where there is none.
    var firstOrdinal: Int? { firstToLend < held.count ? held[firstToLend].ordinal : nil }

    /// Lets go of each exchange that need not be held.
    mutating func release() {
        while hasReleasable {
            if held[firstHeld].isAwaiting, !held[firstHeld].isSealed {
                postponed[base + firstHeld] = held[firstHeld]
                held[firstHeld].slot = -1
                firstHeld += 1
                continue
            }
            releaseFirst()
        }
    }

    /// Lets go of the first that is held.
    private mutating func releaseFirst() {
        let slot = held[firstHeld].slot
        discount(at: firstHeld)
        footprintToLend += held[firstHeld].footprint
        firstHeld += 1
        countFindings(of: slot)
        if recorder != nil { recorder?.take(exchanges[slot]) }
    }

    /// Lets go of those in front of which nothing more will be found: where much is finished within
    /// one frame, this need not wait for its end.
    mutating func releaseSealed() {
        while firstHeld < held.count, held[firstHeld].isSealed { releaseFirst() }
    }

    /// Lends what was let go to `body`, in order, with the ordinal of when it was finished, and
    /// forgets it, until `body` answers that it takes no more for now; answers whether it does.
    mutating func lend(_ body: (Exchange, Int) -> Bool) -> Bool {
        var takesMore = true
        while takesMore, hasToLend {
            let (slot, ordinal) = (held[firstToLend].slot, held[firstToLend].ordinal)
            footprintToLend -= held[firstToLend].footprint
            firstToLend += 1
            // It was postponed.
            if slot < 0 { continue }
            exchanges.close(slot) { takesMore = body($0, ordinal) }
        }
        forgetLent()
        return takesMore
    }

    private mutating func forgetLent() {
        guard firstToLend == held.count || firstToLend > 4096 else { return }
        base += firstToLend
        held.removeFirst(firstToLend)
        firstHeld -= firstToLend
        firstToLend = 0
    }

    /// Counts findings by code.
    @inline(__always)
    mutating func count(_ findings: [Finding]) {
        guard !findings.isEmpty else { return }
        for finding in findings {
            summary.findings[finding.code, default: 0] += finding.occurrences
        }
    }

    /// Counts what went over a connection that was turned over to another protocol.
    mutating func count(_ traffic: SwitchedTraffic) { summary.switched.add(traffic) }

    private mutating func countFindings(of slot: Int) {
        count(exchanges[slot].findings)
        if exchanges[slot].hasRequest { count(exchanges[slot].heldRequest.head.findings) }
        if exchanges[slot].hasResponse { count(exchanges[slot].heldResponse.head.findings) }
        for message in exchanges[slot].interim { count(message.head.findings) }
    }

    private func isReleasable(_ item: Held) -> Bool {
        if item.isSealed || now.frame - item.since.frame >= Self.holdingFrames { return true }
        return Self.isOver(Self.holdingTime, from: item.since.nanoseconds, to: now.nanoseconds)
    }

    /// The slot of a finished exchange which the frame at hand may be about, one of the same
    /// connection: whether it may does not depend on the frames of others.
    private func openSlot(_ number: Int) -> Int? {
        let index = number - base
        guard let item = index >= firstHeld ? held[index] : postponed[number] else { return nil }
        // One that is sealed may have gone out, or wait for others.
        if item.isSealed { return nil }
        if item.isAwaiting { return item.slot }
        let finished = item.finished
        let isLate =
            now.frame - finished.frame >= Self.holdingFrames
            || Self.isOver(Self.reportingTime, from: finished.timestamp, to: now.timestamp)
        return isLate ? nil : item.slot
    }

    /// Whether so many nanoseconds have passed; times in files may be lies, and an overflow is a long
    /// time.
    private static func isOver(_ time: Int64, from start: Int64, to end: Int64) -> Bool {
        let (elapsed, overflow) = end.subtractingReportingOverflow(start)
        return overflow || elapsed >= time
    }
}
