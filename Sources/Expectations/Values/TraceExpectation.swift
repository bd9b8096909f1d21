/// What a trace must hold: exchanges in order, and what is true of its bytes.
///
/// ```swift
/// let expectation = TraceExpectation([
///     ExpectedExchange("GET", "/index.txt", 200),
///     ExpectedExchange("GET", "/index.html", 404),
/// ])
/// ```
public struct TraceExpectation: Sendable, Hashable {
    /// A piece of the order.
    public enum Element: Sendable, Hashable {
        /// An exchange, or several alike, at this place.
        case exchange(ExpectedExchange)
        /// Exchanges of which any may come first.
        case inAnyOrder([ExpectedExchange])

        /// The exchanges of this piece.
        public var exchanges: [ExpectedExchange] {
            switch self {
            case .exchange(let exchange): [exchange]
            case .inAnyOrder(let exchanges): exchanges
            }
        }
    }

    /// What must be met in order; an exchange that none of them expects is a difference.
    public var elements: [Element]

    /// What must be true of the trace's bytes.
    public var claims: [TraceClaim]

    /// Whether findings of severity `error` may be there that no expected exchange names.
    public var allowsFindings = false

    /// Pieces in order.
    public init(elements: [Element] = [], claims: [TraceClaim] = []) {
        self.elements = elements
        self.claims = claims
    }

    /// Exchanges in order.
    public init(_ exchanges: [ExpectedExchange]) {
        self.init(elements: exchanges.map { .exchange($0) })
    }

    /// Exchanges of which any may come first.
    public init(inAnyOrder exchanges: [ExpectedExchange]) {
        self.init(elements: [.inAnyOrder(exchanges)])
    }

    /// All expected exchanges.
    public var exchanges: [ExpectedExchange] { elements.flatMap(\.exchanges) }
}

/// What can be asked of a trace as a whole.
public enum TraceClaim: String, CaseIterable, Sendable, Hashable {
    /// Every byte of the HTTP connections belongs to a message.
    case nothingUnclaimed = "nothing unclaimed"
    /// The capture has every byte that was sent.
    case nothingMissing = "nothing missing"
}

extension TraceExpectation {
    /// Whether content must have been kept to compare a trace with it.
    public var needsContent: Bool {
        exchanges.flatMap(\.conditions).contains { condition in
            switch condition {
            case .request(.content), .response(.content): true
            default: false
            }
        }
    }
}
