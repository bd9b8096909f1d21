internal import Bytes

/// The data of a POST: `Filename: NAME Content: TEXT`.
struct NamedText: Sendable, Hashable {
    /// The name, without extension and surrounding white space.
    let name: [UInt8]
    /// The text, without surrounding white space.
    let text: [UInt8]

    /// Takes `data` apart; `nil` where it does not have this form.
    init?(_ data: [UInt8]) {
        let trimmed = Self.trim(data[...])
        let nameLabel = Array("Filename:".utf8)
        guard trimmed.starts(with: nameLabel) else { return nil }
        let rest = trimmed.dropFirst(nameLabel.count)
        let textLabel = Array("Content:".utf8)
        // The label stands after white space: `Filename: MyContent: x` names no content.
        let start = rest.indices.first { index in
            rest[index...].starts(with: textLabel)
                && (index == rest.startIndex || Self.isWhiteSpace(rest[index - 1]))
        }
        guard let start else { return nil }
        name = Array(Self.trim(rest[..<start]))
        text = Array(Self.trim(rest[(start + textLabel.count)...]))
    }

    /// The answer to data of another form.
    static let refusal = Answer(
        .badRequest,
        "The data is not of the form Filename: NAME Content: TEXT."
    )

    private static func trim(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let start = bytes.firstIndex { !isWhiteSpace($0) } ?? bytes.endIndex
        let end = bytes.lastIndex { !isWhiteSpace($0) }.map { $0 + 1 } ?? start
        return bytes[start..<end]
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte.isBlank || byte == .carriageReturn || byte == .lineFeed
    }
}
