import Bytes
import Findings
import HTTPWire

// What follows on a connection that CONNECT or Upgrade has turned over to another protocol.
extension StreamTrace {
    /// Turns the connection over: nothing that follows is HTTP/1.
    mutating func switchProtocol(
        _ position: Int,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        // A request whose content was not over is shown with what came of it; what follows is the
        // other protocol's.
        if pairer.requestPosition != nil {
            interrupt(requests: .captureEnded, moment, &collector)
        }
        isSwitched = true
        let slot = pairer[position].slot
        traffic = [SwitchedTraffic(name: collector.exchanges[slot].heldResponse.protocolName)]
        requests.switchProtocol()
        responses.switchProtocol()
        collector.exchanges[slot].findings.note(Finding(.protocolSwitched))
        // The request may have been followed by the other protocol's bytes already.
        if pairer[position].requestProgress == .begun { pairer[position].requestProgress = .done }
        if options.holdsSwitched {
            pairer[position].isHeld = true
        } else {
            collector.exchanges[slot].switchedTraffic = traffic
        }
    }

    /// Takes note of HTTP/2's connection preface, after which neither end speaks HTTP/1.
    mutating func notePreface(_ collector: inout TraceCollector) {
        isSwitched = true
        if !responses.isInsideMessage { responses.switchProtocol() }
        if hasHTTP { noteStreamFinding(Finding(.protocolSwitched), at: nil, &collector) }
    }

    /// Counts bytes of the other protocol.
    ///
    /// Where `bytes` are not all of them, the others were collected as the beginning of a message
    /// before the switch.
    mutating func noteSwitched(_ count: Int, _ bytes: Span<UInt8>, from role: MessageRole) {
        switched += count
        if traffic.isEmpty {
            // Without a response that announced it this is HTTP/2 by its preface: from the first byte
            // on, so that the connection counts as such, or behind exchanges.
            guard hasHTTP else { return }
            traffic = [SwitchedTraffic(name: "HTTP/2")]
        }
        switch role {
        case .request: traffic[0].client.take(bytes, of: count)
        case .response: traffic[0].server.take(bytes, of: count)
        }
    }

    /// Lets the exchange that turned the connection over go out, with what was counted since.
    mutating func closeSwitched(_ collector: inout TraceCollector) {
        guard !traffic.isEmpty else { return }
        traffic[0].isCounted = true
        collector.count(traffic[0])
        for position in pairer.positions where pairer[position].isHeld {
            collector.exchanges[pairer[position].slot].switchedTraffic = traffic
            pairer[position].isHeld = false
        }
        traffic = []
    }
}

extension Message {
    /// What the connection speaks after this response: what its Upgrade field says.
    fileprivate var protocolName: String {
        guard head.startLine.statusCode == 101 else { return "tunnel" }
        guard let field = head.fieldLines.first(where: { head.isNamed($0, "Upgrade") }) else {
            return "unknown"
        }
        return EscapedText.escape(head.bytes.span.extracting(field.value))
    }
}
