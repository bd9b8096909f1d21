package import Peers
internal import Packets
internal import Reassembly
package import Trace

/// Which end of a connection a script plays.
package enum PlayedEnd: Sendable, Hashable {
    /// The one that opened the connection.
    case connecting
    /// The one that it was opened to.
    case listening
}

extension Conversation {
    /// What one end did: its segments as they were captured, each behind as many bytes of the other
    /// end as came before it, and its closes likewise.
    ///
    /// - Parameters:
    ///   - end: whose part it is.
    ///   - keepsPauses: whether it waits as long as in the capture.
    /// - Returns: the steps, which no other end but the same script's can be expected to fit.
    /// - Throws: ``ReplayError`` where the capture lacks bytes, or no system sends such a thing.
    package func steps(
        of end: PlayedEnd,
        keepsPauses: Bool = false
    ) throws(ReplayError) -> [ScriptStep] {
        if omitted > 0 { throw .tooLong(limit: TracerOptions().conversationLimit) }
        let own = end == .connecting ? openingDirection : openingDirection.opposite
        var part = Part()
        var last = steps.first?.time
        for step in self.steps {
            let pause = last.map { step.time.nanoseconds(since: $0) } ?? 0
            last = step.time
            part.pause = keepsPauses ? .nanoseconds(max(0, pause)) : .zero
            switch step.event {
            case .bytes(own, _, let bytes): try part.send(bytes)
            case .bytes(_, _, let bytes): part.awaited += bytes.count
            case .gap(_, let length): throw .gap(length)
            case .end(own): part.add(.halfClose)
            case .end: part.add(.expect(.end), isOwn: false)
            case .reset(own):
                part.add(.reset)
                return part.steps
            case .reset:
                part.add(.expect(.reset), isOwn: false)
                return part.steps
            }
        }
        part.expectAwaited()
        return part.steps
    }

    /// Which way the end sends that opened the connection; without a handshake the one with the
    /// higher port is taken for it.
    private var openingDirection: Direction {
        opener ?? (forwardSource.port < backwardSource.port ? .backward : .forward)
    }

    /// What one end did so far.
    private struct Part {
        var steps: [ScriptStep] = []
        /// Bytes of the other end that came since.
        var awaited = 0
        /// What to wait before the next thing that this end does.
        var pause = Duration.zero

        mutating func expectAwaited() {
            if awaited > 0 { steps.append(.expect(.count(awaited))) }
            awaited = 0
        }

        mutating func add(_ step: ScriptStep, isOwn: Bool = true) {
            expectAwaited()
            if isOwn, pause > .zero { steps.append(.pause(pause)) }
            steps.append(step)
        }

        mutating func send(_ bytes: [UInt8]) throws(ReplayError) {
            if steps.contains(.halfClose) { throw .sentBehindClose }
            add(.send(bytes))
        }
    }
}

extension Script {
    /// What one end of each connection did, a section for each.
    package init(
        _ traffic: [CapturedTraffic],
        _ end: PlayedEnd,
        keepsPauses: Bool = false
    ) throws(ReplayError) {
        var sections: [[ScriptStep]] = []
        for connection in traffic {
            sections.append(
                try connection.conversation.steps(of: end, keepsPauses: keepsPauses)
            )
        }
        self.init(sections: sections)
    }
}
