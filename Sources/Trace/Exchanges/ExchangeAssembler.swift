import Findings
import HTTPWire
import Packets
import Reassembly

/// The one place where exchanges grow and leave, whatever protocol carries them, and where the sums
/// over the whole capture are kept.
///
/// Exchanges leave in the order in which they finished; see ``FinishedExchanges``. Whoever wants to
/// know about frames and cuts is told here.
struct ExchangeAssembler: ~Copyable {
    /// How many exchanges that are let go are worth lending while others are to come, and how much
    /// they may take of memory until then, in bytes.
    ///
    /// From its frames to its text, an exchange is half as much code again as the first cache of a
    /// processor holds: rendered one by one, each has that code fetched anew.
    private static let portion = (count: 32, footprint: 1 << 16)

    /// The exchanges that are open, and those that are finished and held.
    var exchanges: ExchangeStore
    private var finished = FinishedExchanges()

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

    /// Says of what is told to several assemblers what came first; counts up.
    var ordinal = 0

    /// Makes an assembler whose open exchanges rest but for those that take so many bytes.
    init(memoryAtWork: Int) { exchanges = ExchangeStore(memoryAtWork: memoryAtWork) }

    /// Counts what was added to the messages of the exchange in a slot, in bytes.
    mutating func count(_ bytes: Int, keptIn slot: Int) {
        footprint += bytes
        exchanges[slot].footprint += bytes
    }

    /// Takes the finished exchange in a slot; answers a number to speak of it by.
    mutating func finish(_ slot: Int) -> Int {
        summary.exchanges += 1
        return finished.append(slot, now, ordinal: ordinal)
    }

    /// A finished exchange to which something may be added; `nil` where it is too late for that.
    func exchange(_ number: Int) -> Exchange? {
        finished.openSlot(number, now).map { exchanges[$0] }
    }

    /// Changes a finished exchange; `false` where it is too late for that.
    mutating func change(_ number: Int, _ change: (inout Exchange) -> Void) -> Bool {
        guard let slot = finished.openSlot(number, now) else { return false }
        change(&exchanges[slot])
        return true
    }

    /// Adds a finding to a finished exchange; `false` where it is too late for that.
    mutating func note(_ finding: Finding, with number: Int) -> Bool {
        change(number) { $0.findings.note(finding, folding: true) }
    }

    /// Adds what TCP cost to a finished exchange; `false` where it is too late for that.
    mutating func charge(_ odd: OddSegment, isRequest: Bool, to number: Int) -> Bool {
        change(number) { $0.transport.add(odd, isRequest: isRequest) }
    }

    /// Records whether bytes behind a finished exchange are not known yet; answers the number to
    /// speak of it by from now on.
    mutating func await(_ number: Int, _ isAwaiting: Bool) -> Int {
        finished.await(number, isAwaiting, now, ordinal: ordinal)
    }

    /// Lets go of a finished exchange: nothing more will be found about it.
    ///
    /// The exchange may have to wait for others all the same, and no longer counts: whether others wait
    /// must not depend on how the connections are divided.
    mutating func seal(_ number: Int) {
        guard let index = finished.seal(number, now, ordinal: ordinal) else { return }
        discount(at: index)
    }

    /// Lets go of all finished exchanges but those that are awaiting.
    mutating func sealAll() {
        finished.sealAll { finished, index in
            footprint -= exchanges.discount(&finished[index])
        }
    }

    /// No longer counts what a finished exchange takes of memory, and keeps in mind how much that is.
    private mutating func discount(at index: Int) {
        footprint -= exchanges.discount(&finished[index])
    }

    /// What the finished exchanges that are held and not awaiting take of ``footprint``.
    var heldFootprint: Int { finished.heldSlots.reduce(0) { $0 + exchanges[$1].footprint } }

    /// What a finished exchange takes of ``footprint`` if it is awaiting.
    func awaitingFootprint(_ number: Int) -> Int {
        finished.awaitingSlot(number).map { exchanges[$0].footprint } ?? 0
    }

    /// Whether an exchange may go out.
    var hasReleasable: Bool { finished.hasReleasable(now) }

    /// Whether exchanges are let go that were not lent.
    var hasToLend: Bool { finished.countToLend > 0 }

    /// Whether they are so many that they had better be lent before more are let go.
    var hasMuchToLend: Bool {
        finished.countToLend >= Self.portion.count
            || finished.footprintToLend >= Self.portion.footprint
    }

    /// The ordinal of the first finished exchange that was not lent; `nil` where there is none.
    var firstOrdinal: Int? { finished.firstOrdinal }

    /// Lets go of each exchange that need not be held.
    mutating func release() {
        while hasReleasable {
            if finished.isFirstAwaiting { finished.postponeFirst() } else { releaseFirst() }
        }
    }

    /// Lets go of those in front of which nothing more will be found: where much is finished within
    /// one frame, this need not wait for its end.
    mutating func releaseSealed() {
        while finished.isFirstSealed { releaseFirst() }
    }

    /// Lets go of the first that is held.
    private mutating func releaseFirst() {
        discount(at: finished.firstIndex)
        let slot = finished.releaseFirst()
        countFindings(of: slot)
        if recorder != nil { recorder?.take(exchanges[slot]) }
    }

    /// Lends what was let go to `body`, in order, with the ordinal of when it was finished, and
    /// forgets it, until `body` answers that it takes no more for now; answers whether it does.
    mutating func lend(_ body: (Exchange, Int) -> Bool) -> Bool {
        var takesMore = true
        while takesMore, hasToLend {
            let item = finished.takeFirst()
            // It was postponed.
            if item.slot < 0 { continue }
            exchanges.close(item.slot) { takesMore = body($0, item.ordinal) }
        }
        finished.forgetLent()
        return takesMore
    }

    /// Counts findings by code.
    @inline(__always)
    mutating func count(_ findings: [Finding]) {
        guard !findings.isEmpty else { return }
        for finding in findings {
            summary.findings[finding.code, default: 0] += finding.occurrences
        }
    }

    /// Counts a connection without HTTP, and keeps what is known of it.
    mutating func count(_ connection: ForeignConnection) {
        summary.otherStreams[connection.protocolName, default: 0] += 1
        summary.foreignConnections.note(connection)
    }

    /// Counts what went over a connection that was turned over to another protocol.
    mutating func count(_ traffic: SwitchedTraffic) { summary.switched.add(traffic) }

    private mutating func countFindings(of slot: Int) {
        count(exchanges[slot].findings)
        if exchanges[slot].hasRequest { count(exchanges[slot].heldRequest.head.findings) }
        if exchanges[slot].hasResponse { count(exchanges[slot].heldResponse.head.findings) }
        for message in exchanges[slot].interim { count(message.head.findings) }
    }
}

extension ExchangeStore {
    /// No longer counts what a finished exchange takes of memory, and keeps in mind how much that is;
    /// answers how many bytes.
    fileprivate mutating func discount(_ item: inout FinishedExchanges.Item) -> Int {
        let footprint = self[item.slot].footprint
        item.footprint += footprint
        self[item.slot].footprint = 0
        return footprint
    }
}
