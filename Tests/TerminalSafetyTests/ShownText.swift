import Foundation

/// Looks for what must not reach a terminal, with no code of the program that is looked at.
enum ShownText {
    /// The colour sequences that the program itself writes.
    private static let colours = ["0", "1", "2", "31", "32", "33", "36"]
        .map { Array("\u{1B}[\($0)m".utf8) }

    /// What is wrong with output, a sentence each with what stands around it; ten at the most.
    static func faults(in bytes: [UInt8], isColoured: Bool = false) -> [String] {
        var faults: [String] = []
        var index = 0
        while faults.count < 10, let next = unusual(in: bytes, from: index) {
            index = next
            if isColoured, let colour = colours.first(where: { bytes[index...].starts(with: $0) }) {
                index += colour.count
                continue
            }
            var decoder = UTF8()
            var rest = bytes[index...].prefix(4).makeIterator()
            switch decoder.decode(&rest) {
            case .scalarValue(let scalar) where isHarmful(scalar):
                faults.append("U+\(hexadecimal(scalar.value)) in: \(visible(bytes, around: index))")
                index += UTF8.width(scalar)
            case .scalarValue(let scalar): index += UTF8.width(scalar)
            case .error, .emptyInput:
                faults.append("no UTF-8 in: \(visible(bytes, around: index))")
                index += 1
            }
        }
        return faults
    }

    /// The first byte from `start` on that is no printable ASCII and no line feed, if there is one.
    ///
    /// Looks at eight bytes at a time: the output is long, and tests are not optimized.
    private static func unusual(in bytes: [UInt8], from start: Int) -> Int? {
        unsafe bytes.withUnsafeBytes { bytes in
            var index = start
            while index < bytes.count {
                if index + 8 <= bytes.count {
                    let word = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                    let ones: UInt64 = 0x0101_0101_0101_0101
                    let odd = (word &- ones &* 0x20) | (word &+ ones) | word
                    if odd & (ones &* 0x80) == 0 {
                        index += 8
                        continue
                    }
                }
                let byte = unsafe bytes[index]
                guard byte == 0x0A || 0x20..<0x7F ~= byte else { return index }
                index += 1
            }
            return nil
        }
    }

    /// The characters that are not to be passed on, by their numbers: controls, and what reorders
    /// text or is not seen.
    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0xAD, 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F: true
        case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164: true
        case 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB: true
        case 0x1_BCA0...0x1_BCA3, 0x1_D173...0x1_D17A, 0xE_0000...0xE_0FFF: true
        default: scalar.value & 0xFFFE == 0xFFFE
        }
    }

    private static func visible(_ bytes: [UInt8], around index: Int) -> String {
        let around = bytes[max(0, index - 60)..<min(bytes.count, index + 60)]
        return String(around.map { 0x20..<0x7F ~= $0 ? Character(Unicode.Scalar($0)) : "·" })
    }
}

/// Parsers of others.
enum Parsed {
    /// What is wrong with lines that should each hold a JSON object; ten at the most.
    static func faults(inJSONLines bytes: [UInt8]) -> [String] {
        var faults = bytes.isEmpty ? ["no line of JSON"] : []
        var start = 0
        while start < bytes.count, faults.count < 10 {
            let end = endOfLine(in: bytes, from: start)
            if let fault = fault(inJSON: Data(bytes[start..<end])) { faults.append(fault) }
            start = end + 1
        }
        return faults
    }

    private static func endOfLine(in bytes: [UInt8], from start: Int) -> Int {
        unsafe bytes.withUnsafeBytes { bytes in
            var index = start
            while index < bytes.count, unsafe bytes[index] != 0x0A { index += 1 }
            return index
        }
    }

    /// What is wrong with what should be a JSON object.
    static func fault(inJSON data: Data) -> String? {
        do {
            let value = try JSONSerialization.jsonObject(with: data)
            return value is [String: Any] ? nil : "no object"
        } catch {
            return "\(error) in: \(String(decoding: data.prefix(400), as: UTF8.self))"
        }
    }
}
