/// How many cells of a terminal text takes.
///
/// A cluster of what a reader takes for one character takes as many as the widest of its parts where
/// it is a picture, and else as many as its parts together; marks and joiners take none.
extension Character {
    /// The cells that it takes: 0 to 2, or more where it is put together of several letters.
    package var cellWidth: Int {
        let scalars = unicodeScalars
        guard let first = scalars.first else { return 0 }
        let width = first.cellWidth
        // One letter, mostly.
        if scalars.index(after: scalars.startIndex) == scalars.endIndex { return width }
        if first.properties.isEmoji, scalars.contains("\u{FE0F}") { return 2 }
        // A flag, a family; a syllable of Hangul. Many terminals show the colour of a hand beside it,
        // and no row may wrap there.
        if width == 2 { return scalars.contains { $0.properties.isEmojiModifier } ? 4 : 2 }
        return scalars.dropFirst().reduce(width) { $0 + $1.cellWidth }
    }
}

extension StringProtocol {
    /// The cells that it takes in one line.
    package var cellWidth: Int {
        if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
        return reduce(0) { $0 + $1.cellWidth }
    }

    /// As much of its beginning as has room in `cells`.
    package func prefix(cells: Int) -> SubSequence {
        var left = cells
        return prefix { character in
            left -= character.cellWidth
            return left >= 0
        }
    }
}

extension BidirectionalCollection<Character> where Self: StringProtocol {
    /// As much of its end as has room in `cells`.
    package func suffix(cells: Int) -> SubSequence {
        var (left, start) = (cells, endIndex)
        while start > startIndex {
            let before = index(before: start)
            left -= self[before].cellWidth
            if left < 0 { break }
            start = before
        }
        return self[start...]
    }
}

extension String {
    /// The whole where it has room in `cells`; else with `…` for its middle, since the beginning and
    /// the end of a target or an address tell most.
    package func cut(toCells cells: Int) -> String {
        guard cellWidth > cells else { return self }
        guard cells > 0 else { return "" }
        let head = prefix(cells: cells - 1 - (cells - 1) / 2)
        return head + "…" + suffix(cells: cells - 1 - head.cellWidth)
    }
}

extension Span<UInt8> {
    /// The cells that harmless text takes.
    package var cellWidth: Int {
        var (cells, index) = (0, 0)
        while index < count {
            if self[index] < 0x80 {
                index += 1
            } else if self[index] == 0xE2, index + 2 < count, self[index + 1] == 0x86 {
                // An arrow, as between two endpoints.
                index += 3
            } else {
                return String(decoding: [UInt8](copying: self), as: UTF8.self).cellWidth
            }
            cells += 1
        }
        return cells
    }
}

extension Unicode.Scalar {
    /// The cells that it takes alone.
    fileprivate var cellWidth: Int {
        if value < 0x300 { return 1 }
        if takesNone { return 0 }
        return isWide ? 2 : 1
    }

    /// Whether it only alters what is in front of it: marks, joiners, the middle and the end of a
    /// syllable of Hangul.
    private var takesNone: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return true
        default: break
        }
        return 0x1160...0x11FF ~= value || 0xD7B0...0xD7FB ~= value
            || properties.isDefaultIgnorableCodePoint
    }

    private var isWide: Bool {
        guard value >= 0x1100 else { return false }
        let ranges = Self.wide
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(value)
    }

    /// What EastAsianWidth.txt of Unicode 16 calls wide or full, and the letters of flags.
    ///
    /// A range goes on across code points that stand for nothing.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0...0x23F0,
        0x23F3...0x23F3, 0x25FD...0x25FE, 0x2614...0x2615, 0x2630...0x2637, 0x2648...0x2653,
        0x267F...0x267F, 0x268A...0x268F, 0x2693...0x2693, 0x26A1...0x26A1, 0x26AA...0x26AB,
        0x26BD...0x26BE, 0x26C4...0x26C5, 0x26CE...0x26CE, 0x26D4...0x26D4, 0x26EA...0x26EA,
        0x26F2...0x26F3, 0x26F5...0x26F5, 0x26FA...0x26FA, 0x26FD...0x26FD, 0x2705...0x2705,
        0x270A...0x270B, 0x2728...0x2728, 0x274C...0x274C, 0x274E...0x274E, 0x2753...0x2755,
        0x2757...0x2757, 0x2795...0x2797, 0x27B0...0x27B0, 0x27BF...0x27BF, 0x2B1B...0x2B1C,
        0x2B50...0x2B50, 0x2B55...0x2B55, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0xA4C6,
        0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE6B, 0xFF01...0xFF60,
        0xFFE0...0xFFE6, 0x16FE0...0x1B2FB, 0x1D300...0x1D376, 0x1F004...0x1F004,
        0x1F0CF...0x1F0CF, 0x1F18E...0x1F18E, 0x1F191...0x1F19A, 0x1F1E6...0x1F320,
        0x1F32D...0x1F335, 0x1F337...0x1F37C, 0x1F37E...0x1F393, 0x1F3A0...0x1F3CA,
        0x1F3CF...0x1F3D3, 0x1F3E0...0x1F3F0, 0x1F3F4...0x1F3F4, 0x1F3F8...0x1F43E,
        0x1F440...0x1F440, 0x1F442...0x1F4FC, 0x1F4FF...0x1F53D, 0x1F54B...0x1F54E,
        0x1F550...0x1F567, 0x1F57A...0x1F57A, 0x1F595...0x1F596, 0x1F5A4...0x1F5A4,
        0x1F5FB...0x1F64F, 0x1F680...0x1F6C5, 0x1F6CC...0x1F6CC, 0x1F6D0...0x1F6D2,
        0x1F6D5...0x1F6DF, 0x1F6EB...0x1F6EC, 0x1F6F4...0x1F6FC, 0x1F7E0...0x1F7F0,
        0x1F90C...0x1F93A, 0x1F93C...0x1F945, 0x1F947...0x1F9FF, 0x1FA70...0x1FAF8,
        0x20000...0x3FFFD,
    ]
}
