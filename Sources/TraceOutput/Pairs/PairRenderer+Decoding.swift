internal import Content
internal import Trace

/// What became of the codings of content, a line for each in the manner of Wireshark.
extension PairRenderer {
    func appendDecoding(
        of decoded: DecodedContent,
        in message: Message,
        to buffer: inout OutputBuffer
    ) {
        for (step, isInputWhole) in decoded.steps(isWhole: message.isWhole) {
            if step.hasBegun { appendLengths(of: step, to: &buffer) }
            if let complaint = step.complaint(isInputWhole: isInputWhole) {
                appendWarning(to: &buffer) { $0.append(string: complaint) }
            } else if step.outcome == .endsEarly {
                appendNote(to: &buffer) { buffer in
                    buffer.append(string: step.name)
                    buffer.append(" goes on in content that is not here")
                }
            }
        }
    }

    private func appendLengths(of step: DecodingStep, to buffer: inout OutputBuffer) {
        appendNote(to: &buffer) { buffer in
            switch step.coding.layer {
            case .content: buffer.append("Content decoded: ")
            case .transfer: buffer.append("Transfer coding decoded: ")
            }
            buffer.append(string: step.name)
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
}
