internal import Content

/// Writes how the codings of content were removed, a line for each in the manner of Wireshark.
struct DecodingWriter: Sendable {
    let notes: NoteWriter

    /// Appends the steps of decoding; `isWhole` says whether all coded content was there.
    func append(_ decoded: DecodedContent, isWhole: Bool, to buffer: inout OutputBuffer) {
        for (step, isInputWhole) in decoded.steps(isWhole: isWhole) {
            if step.hasBegun { append(lengthsOf: step, to: &buffer) }
            if let complaint = step.complaint(isInputWhole: isInputWhole) {
                notes.append(warningTo: &buffer) { $0.append(string: complaint) }
            } else if step.outcome == .endsEarly {
                notes.append(to: &buffer) { buffer in
                    buffer.append(string: step.name)
                    buffer.append(" goes on in content that is not here")
                }
            }
        }
    }

    private func append(lengthsOf step: DecodingStep, to buffer: inout OutputBuffer) {
        notes.append(to: &buffer) { buffer in
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
