import Findings
import Reassembly

// What the TCP stream under the messages has to say of them.
extension HTTP1Connection {
    /// Notes a finding about the stream with the exchange it hits: the one at `position`, else the
    /// latest that is open, else the last that finished, else the next.
    mutating func noteStreamFinding(
        _ finding: Finding,
        at position: Int?,
        _ assembler: inout ExchangeAssembler
    ) {
        if let position = position ?? pairer.positions.last {
            assembler.exchanges[pairer[position].slot].findings.note(finding, folding: true)
        } else if let lastFinished = aftermath.lastFinished,
            assembler.note(finding, with: lastFinished)
        {
            return
        } else {
            pairer.pendingFindings.note(finding, folding: true)
        }
    }

    /// Notes an oddity, with what can be shown of it, and charges its cost to the exchange whose
    /// message it hits.
    mutating func note(
        _ odd: OddSegment,
        _ detail: FindingDetail?,
        _ assembler: inout ExchangeAssembler
    ) {
        let detail = takeVersions(of: odd) ?? detail
        let isRequest = odd.direction == facts.clientDirection
        let position = isRequest ? pairer.requestPosition : pairer.responsePosition
        if let code = odd.oddity.code {
            noteStreamFinding(Finding(code, detail: detail), at: position, &assembler)
        }
        guard odd.repeated > 0 || odd.stall > 0 else { return }
        if let position = position ?? pairer.positions.last {
            let slot = pairer[position].slot
            assembler.exchanges[slot].transport.add(odd, isRequest: isRequest)
        } else if let lastFinished = aftermath.lastFinished,
            assembler.charge(odd, isRequest: isRequest, to: lastFinished)
        {
            return
        } else {
            aftermath.pendingCost.add(odd, isRequest: isRequest)
        }
    }
}

extension TransportCost {
    /// Adds what an odd segment cost.
    mutating func add(_ odd: OddSegment, isRequest: Bool) {
        if odd.oddity == .resentAfterLoss {
            lossRecovery = Self.sum(lossRecovery, odd.stall)
        } else {
            zeroWindow = Self.sum(zeroWindow, odd.stall)
        }
        guard odd.repeated > 0 else { return }
        retransmissions = Self.sum(retransmissions, 1)
        let count = UInt32(clamping: odd.repeated)
        if isRequest {
            requestBytesRepeated = Self.sum(requestBytesRepeated, count)
        } else {
            responseBytesRepeated = Self.sum(responseBytesRepeated, count)
        }
    }

    private static func sum<Count: FixedWidthInteger>(_ one: Count, _ other: Count) -> Count {
        let (sum, overflow) = one.addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
