public import Trace

/// What was expected and what was seen, side by side.
public struct TraceDifference: Sendable {
    /// What became of one expected exchange, or of one that was seen.
    public enum Verdict: Sendable, Hashable {
        /// It is as expected.
        case met
        /// It is probably the expected one, and something about it is not as expected.
        case differs
        /// It was expected and not seen.
        case missing
        /// It was seen and not expected.
        case unexpected
    }

    /// An expected exchange beside the one that was seen.
    public struct Row: Sendable {
        /// What was expected; `nil` where nothing was.
        public var expected: ExpectedExchange?
        /// What was seen; `nil` where nothing was.
        public var seen: Exchange?
        /// What is not as expected about it.
        public var mismatches: [Mismatch] = []
        /// How many exchanges it is about: above 1 only where several alike are missing.
        public var count = 1

        /// What became of it.
        public var verdict: Verdict {
            if expected == nil { return .unexpected }
            if seen == nil { return .missing }
            return mismatches.isEmpty ? .met : .differs
        }
    }

    /// What is not so of the trace's bytes.
    public struct UnmetClaim: Sendable, Hashable {
        /// What was asked.
        public var claim: TraceClaim
        /// How many bytes are against it.
        public var bytes: Int
    }

    /// The exchanges, in an order that fits both sides.
    public var rows: [Row]

    /// What is not so of the trace's bytes.
    public var unmetClaims: [UnmetClaim]

    /// Whether everything is as expected.
    public var isMet: Bool { unmetClaims.isEmpty && rows.allSatisfy { $0.verdict == .met } }

    /// How many exchanges a verdict is given of.
    public func count(of verdict: Verdict) -> Int {
        rows.reduce(0) { $0 + ($1.verdict == verdict ? $1.count : 0) }
    }
}
