import Bytes
import Findings

// A start line in a frame that the snap length has cut has no line end, and mostly no version. Behind
// such a frame the place in the stream is lost; who sees both sides knows whether a message is due.
extension MessageParser {
    /// Takes the place in the stream as one where a message begins if `segment`, the bytes that come
    /// next, begins as one does; to be called where the other side shows that a message is due.
    package mutating func expectMessage(in segment: Span<UInt8>) {
        guard case .idle = state, StartLineSyntax.isCutStart(segment, role: role) else { return }
        isAligned = true
    }

    /// Forgets what the parts of a start line seem to say where their rest was not captured.
    mutating func doubtCutParts() {
        guard head.startLine.ending == .none else { return }
        if head.startLine.protocolVersion == .missing {
            head.startLine.protocolVersion = .invalid
        }
        let end = head.startLine.line.upperBound
        head.findings.removeAll { $0.code == .extraWhitespace && $0.bytes?.upperBound == end }
        let status = head.startLine.status
        if status.count < 3, status.upperBound == end {
            head.startLine.statusCode = nil
        }
    }

    /// Takes back what was found in a value of which only the first bytes were captured.
    mutating func doubtCutValue(_ line: Range<Int>) {
        head.findings.removeAll { finding in
            guard finding.code.isAboutWholeValue, let bytes = finding.bytes else { return false }
            return bytes.lowerBound >= line.lowerBound && bytes.upperBound <= line.upperBound
        }
    }
}

extension FindingCode {
    /// Whether it may be found because the end of a field value is missing.
    fileprivate var isAboutWholeValue: Bool {
        switch self {
        case .invalidContentLength, .conflictingContentLength, .obfuscatedFramingField,
            .unknownTransferCoding, .chunkedNotLast, .invalidHost, .hostDiffersFromTarget:
            true
        default: false
        }
    }
}

extension StartLineSyntax {
    /// Whether `bytes`, the first of a segment, begin as a start line of `role` does, however little
    /// of it there is: with a common method and the first byte of a target, or with a protocol's
    /// name.
    static func isCutStart(_ bytes: Span<UInt8>, role: MessageRole) -> Bool {
        guard role == .request else { return isPlausibleStart(bytes, role: role) }
        guard let method = methodLength(bytes, at: 0) else { return false }
        let target = method + 1
        guard target < bytes.count else { return true }
        switch bytes[target] {
        // What begins a path, the asterisk form, and a URI.
        case 0x2F, 0x2A, 0x48, 0x68: return true
        default: return bytes.extracting(0..<method).equals("CONNECT")
        }
    }
}
