import Bytes
import Findings
import HTTPWire

// What follows on a connection that CONNECT or Upgrade has turned over to another protocol.
extension HTTP1Connection {
    /// Turns the connection over: nothing that follows is HTTP/1.
    mutating func switchProtocol(
        _ position: Int,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        // A request whose content was not over is shown with what came of it; what follows is the
        // other protocol's.
        if pairer.requestPosition != nil {
            interrupt(requests: .captureEnded, moment, &assembler)
        }
        switching.isSwitched = true
        let slot = pairer[position].slot
        switching.traffic = [
            SwitchedTraffic(name: assembler.exchanges[slot].heldResponse.protocolName)
        ]
        if assembler.exchanges[slot].hasValidSwitch {
            requests.parser.switchProtocol()
            responses.parser.switchProtocol()
            assembler.exchanges[slot].findings.note(Finding(.protocolSwitched))
        } else {
            requests.parser.expectNoMessage()
            responses.parser.expectNoMessage()
            switching.isDoubtful = true
            assembler.exchanges[slot].findings.note(Finding(.invalidSwitch))
        }
        // The request may have been followed by the other protocol's bytes already.
        if pairer[position].requestProgress == .begun { pairer[position].requestProgress = .done }
        if options.holdsSwitched {
            pairer[position].isHeld = true
        } else {
            assembler.exchanges[slot].switchedTraffic = switching.traffic
        }
    }

    /// Counts bytes of the other protocol.
    ///
    /// Where `bytes` are not all of them, the others were collected as the beginning of a message
    /// before the switch.
    mutating func noteSwitched(_ count: Int, _ bytes: Span<UInt8>, from role: MessageRole) {
        account.counts.switched += count
        if choice.isPrefaced, role == .request { account.unread?.bytes.length += count }
        if switching.traffic.isEmpty {
            // Without a response that announced it this is HTTP/2 by its preface: from the first byte
            // on, so that the connection counts as such, or behind exchanges.
            guard hasHTTP, choice[beginningOf: facts.clientDirection].speech != .foreign else {
                return
            }
            switching.traffic = [SwitchedTraffic(name: "HTTP/2")]
        }
        switch role {
        case .request: switching.traffic[0].client.take(bytes, of: count)
        case .response: switching.traffic[0].server.take(bytes, of: count)
        }
    }

    /// Goes on in HTTP/1 behind a switch that nobody asked for, as a message shows that both ends do.
    mutating func resumeHTTP(_ assembler: inout ExchangeAssembler) {
        switching.isSwitched = false
        switching.isDoubtful = false
        let isUsed = switching.traffic.contains { $0.client.bytes + $0.server.bytes > 0 }
        if isUsed { closeSwitched(&assembler) } else { releaseSwitched(&assembler) }
    }

    /// Lets the exchange that turned the connection over go out, with what was counted since.
    mutating func closeSwitched(_ assembler: inout ExchangeAssembler) {
        guard !switching.traffic.isEmpty else { return }
        switching.traffic[0].isCounted = true
        assembler.count(switching.traffic[0])
        if switching.isDoubtful,
            switching.traffic[0].client.bytes + switching.traffic[0].server.bytes > 0
        {
            for position in pairer.positions where pairer[position].isHeld {
                let slot = pairer[position].slot
                assembler.exchanges[slot].findings.note(Finding(.protocolSwitched))
            }
        }
        releaseSwitched(&assembler)
    }

    private mutating func releaseSwitched(_ assembler: inout ExchangeAssembler) {
        let used = switching.traffic.filter(\.isCounted)
        for position in pairer.positions where pairer[position].isHeld {
            assembler.exchanges[pairer[position].slot].switchedTraffic = used
            pairer[position].isHeld = false
        }
        switching.traffic = []
    }
}

extension Exchange {
    /// Whether the connection is turned over as RFC 9110 §7.8 asks: CONNECT was answered, or an
    /// upgrade was asked for, is named, and is announced as one by both ends.
    fileprivate var hasValidSwitch: Bool {
        guard heldResponse.head.startLine.statusCode == 101 else { return true }
        return heldResponse.announcesUpgrade && (!hasRequest || heldRequest.announcesUpgrade)
    }
}

extension Message {
    /// Whether it has an Upgrade field, and a Connection field that names it.
    fileprivate var announcesUpgrade: Bool {
        head.fieldLines.contains { head.isNamed($0, "Upgrade") && !$0.value.isEmpty }
            && head.fieldLines.contains { head.isNamed($0, "Connection") && namesUpgrade($0) }
    }

    private func namesUpgrade(_ connection: FieldLine) -> Bool {
        let value = head.bytes[connection.value]
        return value.split(separator: UInt8(ascii: ",")).contains { element in
            let token = element.drop(while: \.isBlank)
            let end = token.lastIndex { !$0.isBlank }.map { $0 + 1 } ?? token.startIndex
            return Array(token[..<end]).span.equalsIgnoringCase("upgrade")
        }
    }

    /// What the connection speaks after this response: what its Upgrade field says.
    fileprivate var protocolName: String {
        guard head.startLine.statusCode == 101 else { return "tunnel" }
        guard let field = head.fieldLines.first(where: { head.isNamed($0, "Upgrade") }) else {
            return "unknown"
        }
        return EscapedText.escape(head.bytes.span.extracting(field.value))
    }
}
