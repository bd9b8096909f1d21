import HTTPWire
import Reassembly

// How long a client waited for 100 (Continue) before it sent its content (RFC 9110 §10.1.1): until
// that or the final response came, or until it would not wait any longer.
extension HTTP1Connection {
    /// Takes note that the content begins at `moment`.
    mutating func endExpectation(_ moment: Moment, _ assembler: inout ExchangeAssembler) {
        guard let position = pairer.requestPosition else { return }
        endExpectation(of: position, moment.frame, &assembler)
    }

    /// Takes note that a response to the request at `position` has begun.
    mutating func endExpectation(
        answeredAt position: Int,
        _ begin: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        guard position == pairer.requestPosition else { return }
        let isOther = responses.isInterim && responses.parser.head.startLine.statusCode != 100
        if !isOther { endExpectation(of: position, begin.frame, &assembler) }
    }

    private mutating func endExpectation(
        of position: Int,
        _ frame: FrameReference,
        _ assembler: inout ExchangeAssembler
    ) {
        guard let since = waits.expecting else { return }
        waits.expecting = nil
        // Content right behind the header section was not waited with.
        guard frame.number != since.number else { return }
        let slot = pairer[position].slot
        assembler.exchanges[slot].timing.expectation = Timing.span(
            from: since.timestamp,
            to: frame.timestamp
        )
    }
}
