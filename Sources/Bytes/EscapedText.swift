/// Bytes from the wire as text that is safe to show: what is printable stays, all else becomes a
/// visible escape.
///
/// Control bytes, bytes that are not UTF-8, and the characters that steer a terminal, reorder text
/// or are not seen (C1 controls, bidirectional marks, zero-width characters) are never passed on.
package enum EscapedText {
    /// `bytes` with `\r`, `\n`, `\t`, `\\`, `\xNN` in place of what cannot be shown.
    package static func escape(_ bytes: Span<UInt8>, keepingLineFeeds: Bool = false) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        append(bytes, to: &text, keepingLineFeeds: keepingLineFeeds)
        return String(decoding: text, as: UTF8.self)
    }

    /// The same for a name or a word that may come from anybody.
    package static func escape(_ text: String) -> String { escape(text.utf8.span) }

    /// A text of the program's own in which words of others stand, escaped or not: what cannot be
    /// shown becomes an escape, and everything else stays as it is, backslashes too.
    package static func harmless(_ text: String, keepingLineFeeds: Bool = false) -> String {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            let sequence = Array(String(scalar).utf8)
            if isHarmless(scalar) || keepingLineFeeds && scalar == "\n" {
                bytes += sequence
            } else {
                append(sequence.span, to: &bytes)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The same as ``escape(_:keepingLineFeeds:)``, appended to `output` as UTF-8.
    package static func append(
        _ bytes: Span<UInt8>,
        to output: inout [UInt8],
        keepingLineFeeds: Bool = false
    ) {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x80 {
                index += appendScalar(of: bytes, at: index, to: &output)
                continue
            }
            index += 1
            switch byte {
            case .lineFeed where keepingLineFeeds: output.append(byte)
            case 0x20..<0x7F where byte != 0x5C: output.append(byte)
            case 0x5C: output.append(contentsOf: [0x5C, 0x5C])
            case .carriageReturn: output.append(contentsOf: [0x5C, 0x72])
            case .lineFeed: output.append(contentsOf: [0x5C, 0x6E])
            case .tab: output.append(contentsOf: [0x5C, 0x74])
            default: appendHexadecimal(byte, to: &output)
            }
        }
    }

    /// The length of the well-formed UTF-8 sequence of two to four bytes at `index`, or `nil`
    /// (The Unicode Standard, table 3-7).
    package static func multiByteSequenceLength(in bytes: Span<UInt8>, at index: Int) -> Int? {
        let lead = bytes[index]
        let left = bytes.count - index
        func continues(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            offset < left && range.contains(bytes[index + offset])
        }
        switch lead {
        case 0xC2...0xDF: return continues(1) ? 2 : nil
        case 0xE0: return continues(1, 0xA0...0xBF) && continues(2) ? 3 : nil
        case 0xED: return continues(1, 0x80...0x9F) && continues(2) ? 3 : nil
        case 0xE1...0xEF: return continues(1) && continues(2) ? 3 : nil
        case 0xF0:
            return continues(1, 0x90...0xBF) && continues(2) && continues(3) ? 4 : nil
        case 0xF1...0xF3: return continues(1) && continues(2) && continues(3) ? 4 : nil
        case 0xF4:
            return continues(1, 0x80...0x8F) && continues(2) && continues(3) ? 4 : nil
        default: return nil
        }
    }

    /// Appends what stands for the byte sequence at `index` and answers how many bytes it took.
    private static func appendScalar(
        of bytes: Span<UInt8>,
        at index: Int,
        to output: inout [UInt8]
    ) -> Int {
        guard let length = multiByteSequenceLength(in: bytes, at: index) else {
            appendHexadecimal(bytes[index], to: &output)
            return 1
        }
        let sequence = [UInt8](copying: bytes.extracting(index..<index + length))
        if String(decoding: sequence, as: UTF8.self).unicodeScalars.allSatisfy(isHarmless) {
            output.append(contentsOf: sequence)
        } else {
            for byte in sequence { appendHexadecimal(byte, to: &output) }
        }
        return length
    }

    /// Whether a character is shown, in its place and nowhere else.
    package static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator:
            false
        // Of other categories, and not seen: fillers, joiners, variation selectors.
        default: !scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    private static func appendHexadecimal(_ byte: UInt8, to output: inout [UInt8]) {
        let digits: StaticString = "0123456789abcdef"
        output.append(contentsOf: [0x5C, 0x78])
        unsafe output.append(digits.utf8Start[Int(byte >> 4)])
        unsafe output.append(digits.utf8Start[Int(byte & 0xF)])
    }
}
