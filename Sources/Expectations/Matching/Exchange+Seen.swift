internal import Bytes
internal import Content
package import Findings
internal import HTTPWire
package import Trace

/// What was seen, in the words of an expectation file.
extension Exchange {
    /// `GET /index.txt`, `none`.
    package var seenRequest: String {
        guard hasRequest else { return "none" }
        return "\(heldRequest.methodPattern.word) \(heldRequest.targetPattern.word)"
    }

    /// `200`, `none`, `?` where there is no status code.
    package var seenStatus: String {
        guard hasResponse else { return "none" }
        return heldResponse.status.map { ExpectedStatus(integerLiteral: $0).notation } ?? "?"
    }

    /// The codes of everything found about it, each once, in the order of the catalogue.
    package var foundCodes: [FindingCode] {
        let codes = Set(allFindings.map(\.code))
        // Most have none: the catalogue is long.
        return codes.isEmpty ? [] : FindingCode.allCases.filter { codes.contains($0) }
    }

    /// What was found in its messages and about the pair.
    package var allFindings: [Finding] {
        (hasRequest ? heldRequest.head.findings : []) + interim.flatMap(\.head.findings)
            + (hasResponse ? heldResponse.head.findings : []) + findings
    }
}

extension Message {
    /// The method as it was sent.
    package var methodPattern: TextPattern { pattern(head.startLine.method) }

    /// The target as it was sent.
    package var targetPattern: TextPattern { pattern(head.startLine.target) }

    /// A part of its head.
    package func pattern(_ range: Range<Int>) -> TextPattern {
        TextPattern(bytes: Array(head.bytes[range]))
    }

    /// Its content with the codings removed that its fields name, as far as that goes.
    package var decodedContent: [UInt8] {
        var description = ContentDescription()
        let bytes = head.bytes.span
        for line in head.fieldLines where line.hasColon {
            description.note(name: bytes.extracting(line.name), value: bytes.extracting(line.value))
        }
        return ContentDecoder(limits: .comparing).decode(content, description.codings).bytes
    }

    /// Whether all of its content that was seen was kept.
    package var isContentKept: Bool { content.count == contentLength }
}
