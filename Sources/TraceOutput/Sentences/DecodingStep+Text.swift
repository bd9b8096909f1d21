internal import Bytes
internal import Content

extension DecodingStep {
    /// The coding's name as sent, escaped.
    var name: String { EscapedText.escape(coding.name.span) }

    /// The fault, as a clause; `nil` where there is none.
    ///
    /// An early end is no fault where the input was not all there.
    func complaint(isInputWhole: Bool) -> String? {
        switch outcome {
        case .complete: nil
        case .endsEarly: isInputWhole ? "\(name) ends too early" : nil
        case .failed(let reason, _) where decodedLength == 0:
            "\(name) cannot be decoded, shown as it is: \(reason)"
        case .failed(let reason, let offset): "\(name) fails at byte \(offset): \(reason)"
        case .followedByOther(let count):
            "\(count) \(count == 1 ? "byte follows" : "bytes follow") the end of \(name)"
        case .lengthLimitReached: "decoded no further: --decoded-limit is reached"
        case .ratioLimitReached:
            "decoded no further: more than \(DecodingLimits.ratio) times longer than what was sent"
        case .unknownCoding: "not decoded, shown as it is: \(name) is not known"
        case .tooManyCodings: "not decoded: more than \(DecodingLimits.codings) codings"
        }
    }

    /// Whether anything came out.
    var hasBegun: Bool {
        switch outcome {
        case .complete, .endsEarly, .followedByOther, .lengthLimitReached, .ratioLimitReached:
            true
        case .failed: decodedLength > 0
        case .unknownCoding, .tooManyCodings: false
        }
    }
}

extension DecodedContent {
    /// The steps, each with whether all input was there; for the first this is `isWhole`.
    func steps(isWhole: Bool) -> [(step: DecodingStep, isInputWhole: Bool)] {
        var isInputWhole = isWhole
        return steps.map { step in
            defer { isInputWhole = isInputWhole && step.outcome == .complete }
            return (step, isInputWhole)
        }
    }
}
