import Bytes

/// A chunk-size line taken apart (RFC 9112 §7.1).
struct ChunkSizeLine {
    /// The most bytes of a line that are kept.
    static let limit = 4096
    /// The most digits that a size of 64 bits needs.
    static let commonDigits = 16

    /// The size of the chunk's data in bytes.
    var value = 0
    /// How many digits the size is written with.
    var digits = 0
    /// Whether something follows a semicolon (RFC 9112 §7.1.1).
    var hasExtension = false
    /// Whether white space surrounds the size.
    var hasWhitespace = false
    /// Whether a line feed alone ends the line.
    var hasBareLineFeed = false
    /// Whether a carriage return, or another control byte but a tab, stands in the extension.
    var hasControlByte = false

    /// Reads a line, line end included; `nil` where no size in it can be trusted: no digit,
    /// another character, or a number above what an `Int` holds.
    init?(_ line: Span<UInt8>) {
        guard line.count > 1, line[line.count - 1] == .lineFeed else { return nil }
        hasBareLineFeed = line[line.count - 2] != .carriageReturn
        let end = line.count - (hasBareLineFeed ? 1 : 2)
        guard let rest = readSize(line, to: end) else { return nil }
        guard rest == end || line[rest] == 0x3B else { return nil }
        hasExtension = rest < end
        if hasExtension {
            for index in rest..<end where line[index].isControl { hasControlByte = true }
        }
    }

    /// Whether a size that can be trusted, and an extension, begin the line.
    static func beginsWithSize(_ line: Span<UInt8>) -> Bool {
        var parts = ChunkSizeLine()
        guard let rest = parts.readSize(line, to: line.count), rest < line.count else {
            return false
        }
        return line[rest] == 0x3B
    }

    private init() {}

    /// Reads the size and the blanks around it; answers where these end.
    private mutating func readSize(_ line: Span<UInt8>, to end: Int) -> Int? {
        var index = line.firstNonBlank(from: 0)
        hasWhitespace = index > 0
        let start = index
        while index < end, let digit = line[index].hexadecimalValue {
            guard value >> 58 == 0 else { return nil }
            value = value << 4 | Int(digit)
            index += 1
        }
        digits = index - start
        guard digits > 0 else { return nil }
        let rest = min(line.firstNonBlank(from: index), end)
        hasWhitespace = hasWhitespace || rest > index
        return rest
    }
}
