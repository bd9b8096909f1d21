internal import Bytes

/// JSON (RFC 8259) with a line for each member and element, its tokens as they were sent, but for
/// escapes that stand for letters.
///
/// It is read without recursion, so that nesting costs a bit of memory each and no stack:
///
/// ```
/// value ─┬─ scalar ────────────→ afterValue ── , → key or value
///        ├─ { → firstKey ─ key → colon → value     ├─ } ] → afterValue
///        └─ [ → firstElement ─┬─ value             └─ nothing open → end
///                             └─ ] → afterValue
/// ```
package struct JSONLayout {
    /// How the text ended.
    package enum Outcome: Sendable, Hashable {
        /// As JSON text does.
        case complete
        /// Too early; what is there is well formed.
        case endsEarly
        /// At this offset, where something stands that JSON does not allow.
        case invalid(offset: Int)
        /// At this offset, where ``depthLimit`` is passed.
        case tooDeep(offset: Int)
    }

    /// The most arrays and objects within each other that are laid out.
    package static let depthLimit = 256

    /// Levels that are indented; deeper ones stand below the last of them, so that short text does
    /// not become long by its blanks.
    private static let indentedLevels = 24

    /// The laid out text, as much of it as was asked for.
    package private(set) var text: [UInt8] = []

    /// The bytes that the whole laid out text has, or has up to the place where it ended.
    package private(set) var length = 0

    package private(set) var outcome: Outcome = .complete

    /// Where it ended in the bytes.
    private(set) var end = 0

    private enum State {
        case value
        case firstElement
        case firstKey
        case key
        case colon
        case afterValue
        case end
    }

    private let limit: Int
    private var state = State.value
    /// What is open, outermost first: `true` for objects.
    private var open: [Bool] = []

    /// Lays out `bytes` and keeps the first `limit` bytes of it; all of `bytes` is looked at.
    package init(_ bytes: Span<UInt8>, limit: Int) {
        self.init(firstOf: bytes, from: 0, limit: limit)
        guard outcome == .complete else { return }
        while end < bytes.count, bytes[end].isWhiteSpace { end += 1 }
        if end < bytes.count { outcome = .invalid(offset: end) }
    }

    /// Lays out the text that begins at `start`, whatever stands behind it.
    init(firstOf bytes: Span<UInt8>, from start: Int, limit: Int) {
        self.limit = limit
        end = start
        while state != .end {
            while end < bytes.count, bytes[end].isWhiteSpace { end += 1 }
            guard end < bytes.count else {
                outcome = .endsEarly
                return
            }
            switch take(bytes, at: end) {
            case .success(let next): end = next
            case .failure(let stop):
                outcome = stop.outcome
                return
            }
        }
    }

    /// What ends the reading.
    private struct Stop: Error {
        var outcome: Outcome
    }

    /// Takes the token at `index`; answers where the next may stand.
    private mutating func take(_ bytes: Span<UInt8>, at index: Int) -> Result<Int, Stop> {
        let byte = bytes[index]
        switch (state, byte) {
        case (.firstElement, UInt8(ascii: "]")), (.firstKey, UInt8(ascii: "}")):
            open.removeLast()
            emit(byte)
            state = open.isEmpty ? .end : .afterValue
        case (.value, _), (.firstElement, _): return takeValue(bytes, at: index)
        case (.firstKey, UInt8(ascii: "\"")), (.key, UInt8(ascii: "\"")):
            emitNewLine()
            state = .colon
            return takeScalar(bytes, at: index)
        case (.colon, UInt8(ascii: ":")):
            emit(byte)
            emit(.space)
            state = .value
        case (.afterValue, UInt8(ascii: ",")):
            emit(byte)
            if open.last == true {
                state = .key
            } else {
                state = .value
                emitNewLine()
            }
        case (.afterValue, UInt8(ascii: "]")) where open.last == false,
            (.afterValue, UInt8(ascii: "}")) where open.last == true:
            open.removeLast()
            emitNewLine()
            emit(byte)
            state = open.isEmpty ? .end : .afterValue
        case (.firstKey, _), (.key, _), (.colon, _), (.afterValue, _), (.end, _):
            return .failure(Stop(outcome: .invalid(offset: index)))
        }
        return .success(index + 1)
    }

    private mutating func takeValue(_ bytes: Span<UInt8>, at index: Int) -> Result<Int, Stop> {
        if state == .firstElement { emitNewLine() }
        let byte = bytes[index]
        guard byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") else {
            state = open.isEmpty ? .end : .afterValue
            return takeScalar(bytes, at: index)
        }
        guard open.count < Self.depthLimit else {
            return .failure(Stop(outcome: .tooDeep(offset: index)))
        }
        let isObject = byte == UInt8(ascii: "{")
        open.append(isObject)
        emit(byte)
        state = isObject ? .firstKey : .firstElement
        return .success(index + 1)
    }

    private mutating func takeScalar(_ bytes: Span<UInt8>, at index: Int) -> Result<Int, Stop> {
        switch JSONScalar.end(in: bytes, from: index) {
        case .ends(let end):
            emit(scalar: bytes.extracting(index..<end))
            return .success(end)
        case .endsEarly:
            emit(scalar: bytes.extracting(index..<bytes.count))
            return .failure(Stop(outcome: .endsEarly))
        case .invalid(let place): return .failure(Stop(outcome: .invalid(offset: place)))
        }
    }

    private mutating func emit(scalar: Span<UInt8>) {
        guard scalar.firstIndex(of: 0x5C) != nil else { return emit(scalar) }
        emit(JSONEscapes.lettersDecoded(in: scalar).span)
    }

    private mutating func emit(_ byte: UInt8) {
        if length < limit { text.append(byte) }
        length += 1
    }

    private mutating func emit(_ bytes: Span<UInt8>) {
        let kept = min(bytes.count, max(limit - length, 0))
        text.append(copying: bytes.extracting(0..<kept))
        length += bytes.count
    }

    private mutating func emitNewLine() {
        emit(.lineFeed)
        for _ in 0..<2 * min(open.count, Self.indentedLevels) { emit(.space) }
    }
}
