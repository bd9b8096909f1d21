internal import Bytes

/// What the bytes of coded content prove to be wrong with it.
package enum CodingFault: Sendable, Hashable {
    /// The name is none that anybody has registered.
    case unknownName
    /// The name is known, and this program does not remove the coding.
    case notRemoved
    /// It is in no format that the name stands for.
    case otherFormat
    /// It is DEFLATE without the zlib format around it, which `deflate` stands for.
    case withoutWrapping
    /// It begins as it should and cannot be decoded to its end.
    case damaged
    /// A checksum or length at its end is not that of what it was decoded to.
    case wrongChecksum
    /// It ends before the coded data does.
    case endsEarly
    /// Bytes stand behind the end of the coded data.
    case followedByOther
}

extension DecodedContent {
    /// What is wrong, with the index of the step in ``steps`` that it is about.
    ///
    /// `isWhole` says whether all of the content was there: of content that is not, the names alone
    /// prove anything.
    package func faults(isWhole: Bool) -> [(step: Int, fault: CodingFault)] {
        var faults: [(step: Int, fault: CodingFault)] = []
        var isInputWhole = isWhole
        for (index, step) in steps.enumerated() {
            faults += step.faults(isInputWhole: isInputWhole).map { (index, $0) }
            isInputWhole = isInputWhole && step.outcome == .complete
        }
        return faults
    }
}

extension DecodingStep {
    fileprivate func faults(isInputWhole: Bool) -> [CodingFault] {
        if outcome == .unknownCoding { return [coding.isRegistered ? .notRemoved : .unknownName] }
        guard isInputWhole else { return [] }
        let isBare = coding.coding == .deflate && format == .rawDeflate
        let format: [CodingFault] =
            if actualFormat != nil {
                [.otherFormat]
            } else {
                isBare ? [.withoutWrapping] : []
            }
        switch outcome {
        case .complete, .lengthLimitReached, .ratioLimitReached: return format
        case .followedByOther: return format + [.followedByOther]
        // Of what has no sign, damage and another format cannot be told apart.
        case .endsEarly, .failed:
            if isBare || !beginsAsNamed { return [.otherFormat] }
            if outcome == .endsEarly { return [.endsEarly] }
            return [hasWrongChecksum ? .wrongChecksum : .damaged]
        case .unknownCoding, .tooManyCodings: return []
        }
    }
}

extension AppliedCoding {
    /// Names that stand for something and that nothing is done about here: those of IANA's registry,
    /// and one that a widespread storage service documents.
    private static let registered: [StaticString] = [
        "compress", "x-compress", "aes128gcm", "dcb", "dcz", "exi", "pack200-gzip", "aws-chunked",
    ]

    /// Whether its name is known to stand for a coding.
    fileprivate var isRegistered: Bool {
        coding != nil || Self.registered.contains { name.span.equalsIgnoringCase($0) }
    }
}
