package import Findings
package import Packets

/// Where every captured byte of TCP payload went, and what is missing.
///
/// `payload == message + duplicate + notHTTP + unclaimed`, always.
package struct Ledger: Sendable, Hashable {
    /// Captured TCP payload bytes.
    package var payload = 0
    /// Bytes of messages: heads, content, chunk framing, trailers.
    package var message = 0
    /// Bytes that came again: retransmissions, frames captured twice, keep-alive probes.
    package var duplicate = 0
    /// Bytes of connections, or parts of them, that speak something else.
    package var notHTTP = 0
    /// Bytes inside HTTP connections that belong to no message.
    package var unclaimed = 0
    /// Bytes that sequence numbers say were sent and that the capture does not hold.
    package var gap = 0

    package init() {}

    /// What remains unexplained; 0 unless there is a defect in this program.
    package var imbalance: Int { payload - message - duplicate - notHTTP - unclaimed }
}

/// What a whole capture held, HTTP or not.
package struct TraceSummary: Sendable {
    /// Frames in the capture.
    package var frames = 0
    /// TCP connections.
    package var streams = 0
    /// Exchanges, half ones included.
    package var exchanges = 0
    /// How often each code was found, in messages and exchanges.
    package var findings: [FindingCode: Int] = [:]
    /// Where the payload bytes went.
    package var ledger = Ledger()
    /// Frames that carried no TCP segment to use, by reason (such as `ARP` or `cut by snaplen`).
    package var unusedFrames: [String: Int] = [:]
    /// Connections that speak something other than HTTP/1, by protocol (such as `TLS`), with
    /// `unknown` where a glance does not tell and `no data` where nothing was sent, or that the
    /// connection was refused or not answered.
    package var otherStreams: [String: Int] = [:]
    /// The first of those of them that failed before anything was sent.
    package var failedConnections: [FailedConnection] = []
    /// The first of those of them on which something was sent.
    package var foreignConnections: [ForeignConnection] = []
    /// The servers to which connections failed, with how many did.
    package var failedEndpoints: [FailedEndpoint] = []
    /// The servers that answered only when they were asked again.
    package var slowEndpoints: [SlowEndpoint] = []
    /// The first connections that were reset while nothing was asked.
    package var idleResets: [IdleReset] = []
    /// What followed on connections that CONNECT or Upgrade turned over, by protocol.
    package var switched = SwitchedTotals()
    /// Frames that were lost before they reached the capture, as the capture itself says, by where.
    package var lostFrames: [String: Int] = [:]
    /// Remarks that a person or program left in the capture, in the order of the capture.
    package var comments: [Comment] = []
    /// The number of remarks beyond those.
    package var commentsLeftOut = 0
    /// What is wrong with the times of the frames.
    package var clock = ClockFaults()
    /// Where further capture files begin in one that they were joined to, in bytes; some of them.
    package var joints: [Int] = []
    /// How many there are.
    package var jointCount = 0

    /// A remark in a capture.
    package struct Comment: Sendable, Hashable {
        /// The frame it is about, counted in its own file; `nil` where it is about the file.
        package var frame: Int?
        /// Its text, as it stands in the capture.
        package var text: String

        package init(frame: Int?, text: String) {
            self.frame = frame
            self.text = text
        }
    }

    package init() {}
}

extension TraceSummary {
    /// The most failed connections that are shown one by one.
    private static let failureLimit = 16

    /// Takes note of a connection that failed.
    mutating func note(_ failed: FailedConnection) {
        if failedConnections.count < Self.failureLimit { failedConnections.append(failed) }
        failedEndpoints.note(FailedEndpoint(failed))
    }

    /// Counts an exchange and what was found about it.
    package mutating func count(_ exchange: Exchange) {
        exchanges += 1
        count(exchange.findings)
        if let request = exchange.request { count(request.head.findings) }
        if let response = exchange.response { count(response.head.findings) }
        for message in exchange.interim { count(message.head.findings) }
    }

    private mutating func count(_ found: [Finding]) {
        for finding in found { findings[finding.code, default: 0] += finding.occurrences }
    }

    /// Adds what another part of the same capture has come to.
    package mutating func add(_ other: TraceSummary) {
        frames += other.frames
        streams += other.streams
        exchanges += other.exchanges
        findings.merge(other.findings, uniquingKeysWith: +)
        ledger.add(other.ledger)
        unusedFrames.merge(other.unusedFrames, uniquingKeysWith: +)
        otherStreams.merge(other.otherStreams, uniquingKeysWith: +)
        for failed in other.failedConnections where failedConnections.count < Self.failureLimit {
            failedConnections.append(failed)
        }
        for endpoint in other.failedEndpoints { failedEndpoints.note(endpoint) }
        for slow in other.slowEndpoints { slowEndpoints.note(slow) }
        for reset in other.idleResets { idleResets.note(reset) }
        for foreign in other.foreignConnections { foreignConnections.note(foreign) }
        switched.add(other.switched)
        lostFrames.merge(other.lostFrames, uniquingKeysWith: +)
        comments += other.comments
        commentsLeftOut += other.commentsLeftOut
        clock.add(other.clock)
        joints += other.joints
        jointCount += other.jointCount
    }
}

extension Ledger {
    /// Adds the bytes of another part of the same capture.
    fileprivate mutating func add(_ other: Ledger) {
        payload += other.payload
        message += other.message
        duplicate += other.duplicate
        notHTTP += other.notHTTP
        unclaimed += other.unclaimed
        gap += other.gap
    }
}
