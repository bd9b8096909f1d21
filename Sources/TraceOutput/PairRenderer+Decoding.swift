internal import Bytes
internal import Content
internal import Trace

/// What became of the codings of content, a line for each in the manner of Wireshark.
extension PairRenderer {
    func appendDecoding(
        of decoded: DecodedContent,
        in message: Message,
        to buffer: inout OutputBuffer
    ) {
        for (index, step) in decoded.steps.enumerated() {
            if step.outcome.hasBegun { appendLengths(of: step, to: &buffer) }
            // What is before it was cut, so this one cannot be whole either.
            let isInputWhole =
                message.isWhole
                && decoded.steps[..<index].allSatisfy { $0.outcome == .complete }
            append(step, isInputWhole: isInputWhole, to: &buffer)
        }
    }

    private func appendLengths(of step: DecodingStep, to buffer: inout OutputBuffer) {
        appendNote(to: &buffer) { buffer in
            switch step.coding.layer {
            case .content: buffer.append("Content decoded: ")
            case .transfer: buffer.append("Transfer coding decoded: ")
            }
            buffer.append(escaped: step.coding.name.span)
            if let format = step.actualFormat {
                buffer.append(", which is ")
                buffer.append(string: format.rawValue)
            }
            buffer.append(", ")
            buffer.append(grouped: step.codedLength)
            buffer.append(" -> ")
            buffer.append(grouped: step.decodedLength)
            buffer.append(step.decodedLength == 1 ? " byte" : " bytes")
        }
    }

    private func append(
        _ step: DecodingStep,
        isInputWhole: Bool,
        to buffer: inout OutputBuffer
    ) {
        let name = step.coding.name
        switch step.outcome {
        case .complete: break
        case .endsEarly where !isInputWhole:
            appendNote(to: &buffer) { buffer in
                buffer.append(escaped: name.span)
                buffer.append(" goes on in content that is not here")
            }
        case .endsEarly:
            appendWarning(to: &buffer) { buffer in
                buffer.append(escaped: name.span)
                buffer.append(" ends too early")
            }
        case .failed(let reason, let offset):
            appendWarning(to: &buffer) { buffer in
                buffer.append(escaped: name.span)
                if step.decodedLength == 0 {
                    buffer.append(" cannot be decoded, shown as it is: ")
                } else {
                    buffer.append(" cannot be decoded beyond byte ")
                    buffer.append(grouped: offset)
                    buffer.append(": ")
                }
                buffer.append(escaped: reason.utf8.span)
            }
        case .followedByOther(let count):
            appendWarning(to: &buffer) { buffer in
                buffer.append(grouped: count)
                buffer.append(count == 1 ? " byte follows" : " bytes follow")
                buffer.append(" the end of ")
                buffer.append(escaped: name.span)
            }
        case .lengthLimitReached, .ratioLimitReached, .unknownCoding, .tooManyCodings:
            appendRefusal(step, to: &buffer)
        }
    }

    /// Says why more was not tried.
    private func appendRefusal(_ step: DecodingStep, to buffer: inout OutputBuffer) {
        appendWarning(to: &buffer) { buffer in
            switch step.outcome {
            case .lengthLimitReached:
                buffer.append("decoded no further: --decoded-limit")
            case .ratioLimitReached:
                buffer.append("decoded no further: it is more than ")
                buffer.append(DecodingLimits.ratio)
                buffer.append(" times longer than what was sent")
            case .tooManyCodings:
                buffer.append("not decoded: more than ")
                buffer.append(DecodingLimits.codings)
                buffer.append(" codings")
            case .unknownCoding, .complete, .endsEarly, .failed, .followedByOther:
                buffer.append("not decoded, shown as it is: ")
                buffer.append(escaped: step.coding.name.span)
                buffer.append(" is not known")
            }
        }
    }
}

extension DecodingOutcome {
    /// Whether anything came out.
    fileprivate var hasBegun: Bool {
        switch self {
        case .complete, .endsEarly, .followedByOther, .lengthLimitReached, .ratioLimitReached:
            true
        case .failed(_, let offset): offset > 0
        case .unknownCoding, .tooManyCodings: false
        }
    }
}
