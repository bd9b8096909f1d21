import Support

/// Bytes that do harm where a terminal, or a reader of text, gets them as they are.
struct HostilePiece: Sendable {
    let name: String
    let bytes: [UInt8]

    private init(_ name: String, _ bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    private init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }

    /// Each value that a byte has.
    static let everyByte = (UInt8.min...UInt8.max).map { HostilePiece("byte \($0)", [$0]) }

    /// What is more than a byte.
    static let sequences: [HostilePiece] =
        characters + notUTF8 + [
            HostilePiece("CSI, red", "\u{1B}[31mred"),
            HostilePiece("CSI, screen cleared", "\u{1B}[2J\u{1B}[H"),
            HostilePiece("CSI, the cursor goes up", "\u{1B}[1A\u{1B}[2K"),
            HostilePiece("CSI, the cursor is asked for", "\u{1B}[6n"),
            HostilePiece("CSI in one byte", [0x9B, 0x33, 0x31, 0x6D]),
            HostilePiece("OSC, title", "\u{1B}]0;title\u{07}"),
            HostilePiece("OSC, link", "\u{1B}]8;;http://x/\u{1B}\\link\u{1B}]8;;\u{1B}\\"),
            HostilePiece("OSC, clipboard", "\u{1B}]52;c;eA==\u{07}"),
            HostilePiece("OSC in one byte", [0x9D, 0x30, 0x3B, 0x78, 0x9C]),
            HostilePiece("DCS", "\u{1B}P$q\"p\u{1B}\\"),
            HostilePiece("reset", "\u{1B}c"),
            HostilePiece("shift out", "\u{0E}text\u{0F}"),
            HostilePiece("backspaces", "abc\u{08}\u{08}\u{08}xyz"),
            HostilePiece("a line that begins anew", "abc\rxyz"),
            HostilePiece("bidirectional", "abc\u{202E}txt.exe\u{202C}\u{2066}\u{2069}"),
            HostilePiece("ends a JSON string", "\",\"complete\":true,\"x\":\"\\"),
            HostilePiece("a JSON escape", "\\u001b[31m\\ud800"),
            HostilePiece(
                "an accent, on what is in front of it",
                "\u{301}*\u{301} #\u{301}\"\u{301}"
            ),
            HostilePiece("markup", "]]><x a='\"'>&amp;&#27;</x><!--"),
            HostilePiece("percent-encoded", "%1b%5B31m%c2%9b%e2%80%ae%00%ff"),
        ]

    /// Characters that steer, reorder or are not seen.
    private static let characters =
        ([0x80...0x9F, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFFF9...0xFFFB]
        .flatMap { Array($0) }
        + [
            0xAD, 0x34F, 0x61C, 0x115F, 0x17B4, 0x180E, 0x2028, 0x2029, 0x3164, 0xFE0F, 0xFEFF,
            0xFFA0, 0xE000, 0xFDD0, 0xFFFE, 0xFFFF, 0x1_D173, 0x1_FFFE, 0xE_0001, 0xE_0041,
            0xE_0100,
            0xF_0000, 0x10_FFFF,
        ] as [UInt32])
        .compactMap { value in
            Unicode.Scalar(value).map { HostilePiece("U+\(hexadecimal(value))", String($0)) }
        }

    private static let notUTF8: [HostilePiece] = [
        HostilePiece("overlong NUL", [0xC0, 0x80]),
        HostilePiece("overlong ESC", [0xC0, 0x9B]),
        HostilePiece("overlong ESC of three", [0xE0, 0x80, 0x9B]),
        HostilePiece("overlong ESC of four", [0xF0, 0x80, 0x80, 0x9B]),
        HostilePiece("cut after one of two", [0xC2]),
        HostilePiece("cut after two of three", [0xE2, 0x80]),
        HostilePiece("cut after three of four", [0xF0, 0x9F, 0x98]),
        HostilePiece("a high surrogate", [0xED, 0xA0, 0x80]),
        HostilePiece("a low surrogate", [0xED, 0xBF, 0xBF]),
        HostilePiece("a pair of surrogates", [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80]),
        HostilePiece("above the last character", [0xF4, 0x90, 0x80, 0x80]),
        HostilePiece("five bytes", [0xF8, 0x88, 0x80, 0x80, 0x80]),
        HostilePiece("continuations", [0x80, 0xBF, 0x9B]),
        HostilePiece("a lead before a control", [0xE2, 0x1B, 0x5B]),
    ]

    /// Some pieces one after the other, and bytes among them, as chance will.
    static func random(using generator: inout SeededGenerator) -> [UInt8] {
        (0..<Int.random(in: 1...6, using: &generator)).flatMap { _ -> [UInt8] in
            if Bool.random(using: &generator) {
                return [UInt8.random(in: 0...255, using: &generator)]
            }
            return sequences[Int.random(in: sequences.indices, using: &generator)].bytes
        }
    }
}

/// At least four upper case digits.
func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
