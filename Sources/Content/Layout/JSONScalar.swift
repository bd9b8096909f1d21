internal import Bytes

/// Strings, numbers and names of JSON (RFC 8259 §3, §6, §7).
enum JSONScalar {
    /// Where a scalar goes to.
    enum End {
        case ends(Int)
        /// Beyond the bytes that are there.
        case endsEarly
        /// This byte may not stand where it stands.
        case invalid(Int)
    }

    /// The end of the scalar that begins at `start`.
    static func end(in bytes: Span<UInt8>, from start: Int) -> End {
        switch bytes[start] {
        case UInt8(ascii: "\""): endOfString(in: bytes, from: start + 1)
        case UInt8(ascii: "t"): end(of: "true", in: bytes, from: start)
        case UInt8(ascii: "f"): end(of: "false", in: bytes, from: start)
        case UInt8(ascii: "n"): end(of: "null", in: bytes, from: start)
        default: endOfNumber(in: bytes, from: start)
        }
    }

    private static func end(
        of name: StaticString,
        in bytes: Span<UInt8>,
        from start: Int
    ) -> End {
        let length = name.utf8CodeUnitCount
        if bytes.starts(with: name, at: start) { return .ends(start + length) }
        let left = bytes.count - start
        guard left < length else { return .invalid(start) }
        let isBeginning = unsafe bytes.extracting(start..<bytes.count)
            .starts(with: Array(UnsafeBufferPointer(start: name.utf8Start, count: left)))
        return isBeginning ? .endsEarly : .invalid(start)
    }

    private static func endOfString(in bytes: Span<UInt8>, from start: Int) -> End {
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""): return .ends(index + 1)
            case UInt8(ascii: "\\"):
                switch endOfEscape(in: bytes, from: index) {
                case .ends(let end): index = end
                case .endsEarly: return .endsEarly
                case .invalid(let place): return .invalid(place)
                }
            case 0..<0x20: return .invalid(index)
            default: index += 1
            }
        }
        return .endsEarly
    }

    private static func endOfEscape(in bytes: Span<UInt8>, from start: Int) -> End {
        guard start + 1 < bytes.count else { return .endsEarly }
        switch bytes[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return .ends(start + 2)
        case UInt8(ascii: "u"):
            for index in start + 2..<start + 6 {
                guard index < bytes.count else { return .endsEarly }
                guard bytes[index].hexadecimalValue != nil else { return .invalid(start) }
            }
            return .ends(start + 6)
        default: return .invalid(start)
        }
    }

    private static func endOfNumber(in bytes: Span<UInt8>, from start: Int) -> End {
        var index = start
        func skip(_ byte: UInt8) -> Bool {
            guard index < bytes.count, bytes[index] == byte else { return false }
            index += 1
            return true
        }
        /// Skips digits; answers how many.
        func skipDigits() -> Int {
            let first = index
            while index < bytes.count, bytes[index].isDigit { index += 1 }
            return index - first
        }
        func stop() -> End { index < bytes.count ? .invalid(index) : .endsEarly }
        _ = skip(UInt8(ascii: "-"))
        if !skip(UInt8(ascii: "0")), skipDigits() == 0 { return stop() }
        if skip(UInt8(ascii: ".")), skipDigits() == 0 { return stop() }
        if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
            if !skip(UInt8(ascii: "-")) { _ = skip(UInt8(ascii: "+")) }
            if skipDigits() == 0 { return stop() }
        }
        return .ends(index)
    }
}
