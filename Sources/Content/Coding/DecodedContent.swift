/// What became of content when its codings were removed.
package struct DecodedContent: Sendable, Hashable {
    /// The content as far as it could be decoded; as it was where nothing could.
    package var bytes: [UInt8]

    /// Each coding that was looked at, the one applied last first: so they are removed.
    package var steps: [DecodingStep] = []

    /// Whether all codings were removed, to the end of what was there.
    package var isDecoded: Bool { steps.allSatisfy { $0.outcome.hasRemovedCoding } }

    /// Whether decoding was broken off so that the output does not grow without end.
    package var hasReachedLimit: Bool {
        steps.contains { $0.outcome == .lengthLimitReached || $0.outcome == .ratioLimitReached }
    }
}

/// What became of one coding.
package struct DecodingStep: Sendable, Hashable {
    /// The coding as the message names it.
    package var coding: AppliedCoding

    /// What the bytes turned out to be, where the name stands for something else.
    package var actualFormat: CodedFormat?

    /// What they were decoded as; `nil` where nothing came out.
    package var format: CodedFormat?

    /// Whether they begin as those of the named format do; `true` where it has no sign.
    package var beginsAsNamed = true

    /// Whether decoding failed at a checksum or a length which is not that of what was decoded.
    package var hasWrongChecksum = false

    /// Bytes that were there to be decoded.
    package var codedLength: Int

    /// Bytes that they became.
    package var decodedLength = 0

    package var outcome: DecodingOutcome
}

/// How the removal of a coding ended.
package enum DecodingOutcome: Sendable, Hashable {
    /// At the end of the coded data.
    case complete
    /// The coded data ends early; what is there was decoded.
    case endsEarly
    /// At damage, at this offset in the coded data, for the reason that the library gives.
    case failed(reason: String, offset: Int)
    /// At the end of the coded data, behind which so many other bytes stand.
    case followedByOther(count: Int)
    /// At ``DecodingLimits/length``.
    case lengthLimitReached
    /// At ``DecodingLimits/ratio``.
    case ratioLimitReached
    /// Before it began: the coding is not known.
    case unknownCoding
    /// Before it began: there are more than ``DecodingLimits/codings``.
    case tooManyCodings

    /// Whether what came out is free of the coding.
    var hasRemovedCoding: Bool {
        switch self {
        case .complete, .endsEarly, .followedByOther, .lengthLimitReached, .ratioLimitReached: true
        case .failed, .unknownCoding, .tooManyCodings: false
        }
    }
}
