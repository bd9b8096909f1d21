public import Trace

extension TraceExpectation {
    /// Compares `exchanges`, in the order in which the tracer gives them, with what is expected.
    ///
    /// What is asked of the trace's bytes (``claims``) is not looked at: exchanges do not tell.
    public func difference(from exchanges: [Exchange]) -> TraceDifference {
        TraceDifference(rows: rows(for: exchanges), unmetClaims: [])
    }

    /// Compares a trace with what is expected.
    ///
    /// - Parameters:
    ///   - exchanges: its exchanges, in the order in which the tracer gives them.
    ///   - ledger: what became of its bytes.
    /// - Returns: what is as expected, and what is not.
    package func difference(from exchanges: [Exchange], _ ledger: Ledger) -> TraceDifference {
        var difference = difference(from: exchanges)
        for claim in claims {
            let bytes =
                switch claim {
                case .nothingUnclaimed: ledger.unclaimed
                case .nothingMissing: ledger.gap
                }
            guard bytes > 0 else { continue }
            difference.unmetClaims.append(TraceDifference.UnmetClaim(claim: claim, bytes: bytes))
        }
        return difference
    }

    private func rows(for exchanges: [Exchange]) -> [TraceDifference.Row] {
        let expected = self.exchanges
        let exact = ExactComparison(elements, seenCount: exchanges.count) { one, other in
            expected[one].matches(exchanges[other], allowsFindings: allowsFindings)
        }
        if let pairs = exact.pairs() {
            return pairs.map { pair in
                TraceDifference.Row(expected: expected[pair.expected], seen: exchanges[pair.seen])
            }
        }
        return ClosestComparison(self, exchanges).rows()
    }
}
