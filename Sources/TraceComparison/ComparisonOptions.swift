internal import Expectations

/// What of two traces is compared.
package struct ComparisonOptions: Sendable, Hashable {
    /// What is looked at.
    package var aspects = Set(ComparedAspect.allCases)

    /// The names of fields that are left out, in lower case: by default those that differ in every
    /// run.
    package var ignoredFields = Normalization.volatileFields

    package init() {}
}

/// One side of what exchanges are.
package enum ComparedAspect: String, CaseIterable, Sendable, Hashable {
    /// In which order exchanges finished.
    case order
    /// Field lines: names, values and their order.
    case headers
    /// Content, its codings removed.
    case content
    /// What was found about messages and exchanges.
    case findings
    /// Where messages were cut into segments.
    case segments
    /// Which exchanges had a new connection.
    case connections
}
