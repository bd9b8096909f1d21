import Findings
import Packets
import Reassembly

/// The frames that have ended a connection so far: the FIN of each end, and the RST of one.
struct EndingFrames: Sendable {
    var client: FrameReference?
    var server: FrameReference?
    var reset: FrameReference?
    var resetSide = ConnectionEnd.Side.server

    var isEmpty: Bool { client == nil && server == nil && reset == nil }

    /// All of them in the order of capture.
    fileprivate var ends: [ConnectionEnd] {
        let known: [(FrameReference?, ConnectionEnd.Side, ConnectionEnd.Manner)] = [
            (client, .client, .closed), (server, .server, .closed), (reset, resetSide, .reset),
        ]
        return known.compactMap { frame, side, manner in
            frame.map {
                ConnectionEnd(side: side, manner: manner, frame: $0.number, time: $0.timestamp)
            }
        }.sorted { $0.frame < $1.frame }
    }
}

// Who ended a connection, and when: told with the exchanges that this has cost something, and of the
// others only what is out of order.
extension HTTP1Connection {
    /// Whether the server had closed its side, which answers nothing after that, when a request began.
    func isAfterClose(_ exchange: borrowing Exchange) -> Bool {
        guard let server = ending.frames.server, !switching.isSwitched else { return false }
        return exchange.hasRequest && !exchange.hasResponse
            && exchange.heldRequest.firstFrame > server.number
    }

    /// Puts down with an exchange that is not whole what has ended its connection.
    func noteEnds(with exchange: inout Exchange) {
        guard !ending.frames.isEmpty, exchange.isDisturbed else { return }
        let asked = exchange.hasRequest ? exchange.heldRequest.time : nil
        exchange.ends = ending.frames.ends.map { end in
            var end = end
            if let asked, asked.isKnown, end.time.isKnown,
                !areDivided(exchange.heldRequest.firstFrame, end.frame)
            {
                end.sinceRequest = end.time.nanoseconds(since: asked)
            }
            return end
        }
    }

    /// Whether the clock went back between two frames.
    private func areDivided(_ one: Int, _ other: Int) -> Bool {
        waits.clockSteps.divide(min(one, other), max(one, other))
    }

    /// Takes note of a reset that comes where everything that was asked was answered, and nothing was
    /// closed.
    func noteIdleReset(
        by side: ConnectionEnd.Side,
        _ frame: FrameReference,
        _ assembler: inout ExchangeAssembler
    ) {
        guard ending.frames.isEmpty, hasHTTP, !switching.isSwitched, !isPending else { return }
        assembler.count([Finding(.idleReset)])
        assembler.summary.idleResets.note(
            IdleReset(
                stream: facts.stream,
                client: facts.client,
                server: facts.server,
                side: side,
                frame: frame.number,
                idle: Timing.span(from: waits.idleSince, to: frame.timestamp)
            )
        )
    }
}

extension Exchange {
    /// Whether something is wrong with it that an end of the connection could explain: it is not whole,
    /// and not only in the capture, or its response was not taken.
    fileprivate var isDisturbed: Bool {
        if findings.contains(where: { $0.code.tellsOfEnd }) { return true }
        return hasWaitedInVain || hasRequest && !isCutByCapture && heldRequest.isCutOff
    }
}

extension FindingCode {
    fileprivate var tellsOfEnd: Bool {
        self == .reset || self == .clientGaveUp || self == .responseNotAcknowledged
            || self == .requestAfterClose
    }
}
