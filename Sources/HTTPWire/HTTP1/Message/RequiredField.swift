import Bytes
import Findings

/// The field without which a response cannot have the status code (RFC 9110 §15).
enum RequiredField {
    /// Notes the field that the status code of `head` asks for, where a head that was seen whole
    /// lacks that field.
    static func check(_ head: inout MessageHead) {
        guard let status = head.startLine.statusCode, let name = name(for: status),
            case .http1 = head.startLine.protocolVersion, !head.hasField(name),
            head.keepsAllLines, status != 206 || !head.hasSeveralRanges
        else { return }
        head.findings.note(
            Finding(
                .missingRequiredField,
                bytes: head.startLine.status,
                detail: .excerpt(Array("\(name)".utf8))
            )
        )
    }

    private static func name(for status: Int) -> StaticString? {
        switch status {
        case 206: "Content-Range"
        case 401: "WWW-Authenticate"
        case 405: "Allow"
        case 407: "Proxy-Authenticate"
        case 426: "Upgrade"
        default: nil
        }
    }
}

extension MessageHead {
    fileprivate func hasField(_ name: StaticString) -> Bool {
        fieldLines.contains { isNamed($0, name) }
    }

    /// Whether no field line was too much to be kept.
    fileprivate var keepsAllLines: Bool {
        !findings.contains { $0.code == .headerSectionTooLarge }
    }

    /// Whether the content is in parts, each of which has an own range (RFC 9110 §15.3.7.2).
    fileprivate var hasSeveralRanges: Bool {
        fieldLines.contains { field in
            let type = bytes.span.extracting(field.value)
            return isNamed(field, "Content-Type") && type.count >= 10
                && type.extracting(0..<10).equalsIgnoringCase("multipart/")
        }
    }
}
