import Bytes
import Content
import Findings
import HTTPWire

extension Message {
    /// Tries to decode content that says it is coded, notes what proves to be wrong with it, and
    /// gives up what was kept for that alone; answers how many bytes that is.
    ///
    /// A part of a representation (RFC 9110 §14) is a part of the coded one: nothing follows from
    /// that it cannot be decoded by itself.
    mutating func tryDecoding(_ options: TracerOptions) -> Int {
        if framing != .switched, !content.isEmpty {
            let (codings, places) = codings
            let decoded = ContentDecoder().decode(content, codings)
            let isWhole = isComplete && content.count == contentLength && !isPart
            for (step, fault) in decoded.faults(isWhole: isWhole) {
                // The steps begin with the coding that was applied last.
                let place = codings.count - 1 - step
                note(fault, of: codings[place], at: places[place])
            }
        }
        let given = max(content.count - options.contentLimit, 0)
        // Storage that is all given up is better had back than kept for the next.
        if given == content.count { content = [] } else { content.removeLast(given) }
        return given
    }

    private mutating func note(
        _ fault: CodingFault,
        of coding: AppliedCoding,
        at place: Range<Int>
    ) {
        let code: FindingCode
        switch fault {
        case .unknownName, .notRemoved:
            // Of transfer codings the parser says it.
            guard coding.layer == .content else { return }
            code = fault == .notRemoved ? .undecodedContentCoding : .unknownContentCoding
        case .otherFormat: code = .contentCodingMismatch
        case .withoutWrapping: code = .deflateWithoutZlib
        case .damaged: code = .damagedContentCoding
        case .wrongChecksum: code = .contentChecksumMismatch
        case .endsEarly: code = .truncatedContentCoding
        case .followedByOther: code = .bytesAfterContentCoding
        }
        head.findings.note(Finding(code, bytes: place))
    }

    /// The codings in the order in which they were applied, and where their names stand.
    private var codings: (codings: [AppliedCoding], places: [Range<Int>]) {
        var (codings, places): ([AppliedCoding], [Range<Int>]) = ([], [])
        for layer in [AppliedCoding.Layer.content, .transfer] {
            let name: StaticString = layer == .content ? "Content-Encoding" : "Transfer-Encoding"
            for line in head.fieldLines where line.hasColon && head.isNamed(line, name) {
                let value = head.bytes.span.extracting(line.value)
                for place in AppliedCoding.places(in: value, layer: layer) {
                    let bytes = [UInt8](copying: value.extracting(place))
                    codings.append(AppliedCoding(name: bytes, layer: layer))
                    let start = line.value.lowerBound
                    places.append(start + place.lowerBound..<start + place.upperBound)
                }
            }
        }
        return (codings, places)
    }

    /// Whether its content is a part of a representation only.
    private var isPart: Bool {
        head.startLine.statusCode == 206
            || head.fieldLines.contains { $0.hasColon && head.isNamed($0, "Content-Range") }
    }
}
