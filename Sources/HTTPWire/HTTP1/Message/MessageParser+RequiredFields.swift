import Bytes
import Findings

// Fields without which a response cannot have its status code (RFC 9110 §15).
extension MessageParser {
    /// Notes the field that the status code asks for where a head that was seen whole does not have
    /// it.
    mutating func checkRequiredFields() {
        guard let status = head.startLine.statusCode, let name = Self.requiredField(of: status),
            case .http1 = head.startLine.protocolVersion, !hasField(name), keepsAllLines,
            status != 206 || !hasSeveralRanges
        else { return }
        head.findings.note(
            Finding(
                .missingRequiredField,
                bytes: head.startLine.status,
                detail: .excerpt(Array("\(name)".utf8))
            )
        )
    }

    private static func requiredField(of status: Int) -> StaticString? {
        switch status {
        case 206: "Content-Range"
        case 401: "WWW-Authenticate"
        case 405: "Allow"
        case 407: "Proxy-Authenticate"
        case 426: "Upgrade"
        default: nil
        }
    }

    private func hasField(_ name: StaticString) -> Bool {
        head.fieldLines.contains { head.isNamed($0, name) }
    }

    /// Whether no field line was too much to be kept.
    private var keepsAllLines: Bool {
        !head.findings.contains { $0.code == .headerSectionTooLarge }
    }

    /// Whether the content is in parts, each of which has a range of its own (RFC 9110 §15.3.7.2).
    private var hasSeveralRanges: Bool {
        head.fieldLines.contains { field in
            let type = head.bytes.span.extracting(field.value)
            return head.isNamed(field, "Content-Type") && type.count >= 10
                && type.extracting(0..<10).equalsIgnoringCase("multipart/")
        }
    }
}
