import Findings
import HTTPWire
import Packets
import Reassembly

/// A connection that speaks something other than HTTP from its first byte to its last: what goes over
/// it is counted, and named.
struct OpaqueConnection: ~Copyable, Sendable {
    let facts: ConnectionFacts
    /// What is known of it; the protocol that its first bytes named, where they did.
    private let connection: ForeignConnection
    private let guess: String?
    private var counts: ByteCounts
    /// What was found on the connection; there is no exchange to say it with.
    private var findings: [Finding]

    /// Takes over from a reader that found no HTTP, and that none will follow.
    init(behind reader: borrowing HTTP1Connection) {
        facts = reader.facts
        connection = reader.foreignConnection
        guess = reader.choice.guess?.name
        counts = reader.account.counts
        findings = reader.pairer.pendingFindings
    }
}

extension OpaqueConnection: ConnectionReader {
    mutating func receive(
        _ event: StreamEvent,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) -> Bool {
        switch event {
        case .bytes:
            counts.delivered += bytes.count
            counts.switched += bytes.count
        case .gap(_, _, let cause): findings.note(Finding(FindingCode(cause)), folding: true)
        case .finding(let code): findings.note(Finding(code), folding: true)
        case .oddity(let odd, let detail):
            if let code = odd.oddity.code {
                findings.note(Finding(code, detail: detail), folding: true)
            }
        default: break
        }
        return false
    }

    mutating func finish(
        _ absence: Absence,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) -> Int {
        assembler.recorder?.noteForeignTraffic(.notHTTP(guess), stream: facts.stream)
        counts.add(hasHTTP: false, to: &assembler.summary)
        assembler.count(connection)
        assembler.count(findings)
        return 0
    }
}
