internal import Bytes

/// The value of a `Content-Type` field (RFC 9110 §8.3.1), read leniently.
package struct MediaType: Sendable, Hashable {
    /// `type/subtype` in lower case, with escapes for what cannot be shown.
    package private(set) var essence: String

    /// How content of this type is best looked at.
    package private(set) var kind = ContentKind.unknown

    private var charsetValue: [UInt8]?
    private var boundaryValue: [UInt8]?

    /// The parameter `charset`.
    package var charset: Charset? { charsetValue.map { Charset(label: $0.span) } }

    /// The parameter `boundary` of a multipart type, 1 byte or longer.
    package var boundary: [UInt8]? { boundaryValue }

    package init(_ value: Span<UInt8>) {
        let end = value.firstIndex(of: UInt8(ascii: ";")) ?? value.count
        essence = value.lowercased(value.trimmedRange(0..<end))
        kind = ContentKind(essence: essence)
        var start = end + 1
        while start < value.count { start = readParameter(of: value, from: start) }
    }

    /// Reads the parameter that begins at `start`; answers where the next one begins.
    private mutating func readParameter(of value: Span<UInt8>, from start: Int) -> Int {
        var end = start
        var equals: Int?
        var isQuoted = false
        while end < value.count, isQuoted || value[end] != UInt8(ascii: ";") {
            switch value[end] {
            case UInt8(ascii: "\"") where equals != nil: isQuoted.toggle()
            case UInt8(ascii: "\\") where isQuoted: end += 1
            case UInt8(ascii: "=") where equals == nil: equals = end
            default: break
            }
            end += 1
        }
        end = min(end, value.count)
        guard let equals else { return end + 1 }
        let content = Self.unquote(value.extracting(value.trimmedRange(equals + 1..<end)))
        guard !content.isEmpty else { return end + 1 }
        // The first of several counts, as browsers take it.
        switch value.lowercased(value.trimmedRange(start..<equals)) {
        case "charset": charsetValue = charsetValue ?? content
        case "boundary": boundaryValue = boundaryValue ?? content
        default: break
        }
        return end + 1
    }

    /// A parameter's value without quotes and the backslashes in them.
    private static func unquote(_ value: Span<UInt8>) -> [UInt8] {
        guard value.count > 0, value[0] == UInt8(ascii: "\"") else {
            return [UInt8](copying: value)
        }
        var content: [UInt8] = []
        var index = 1
        while index < value.count, value[index] != UInt8(ascii: "\"") {
            if value[index] == UInt8(ascii: "\\"), index + 1 < value.count { index += 1 }
            content.append(value[index])
            index += 1
        }
        return content
    }
}

extension Span<UInt8> {
    /// This part as text that can be shown, ASCII letters in lower case.
    fileprivate func lowercased(_ range: Range<Int>) -> String {
        var lower: [UInt8] = []
        lower.reserveCapacity(range.count)
        for index in range {
            let byte = self[index]
            lower.append(byte.isLetter ? byte | 0x20 : byte)
        }
        return EscapedText.escape(lower.span)
    }
}
