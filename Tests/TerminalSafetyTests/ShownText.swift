import Foundation

/// Looks for what must not reach a terminal, with no code of the program that is looked at.
enum ShownText {
    /// The colour sequences that the program itself writes.
    private static let colours = ["0", "1", "2", "31", "32", "33", "36"]
        .map { Array("\u{1B}[\($0)m".utf8) }

    /// What is wrong with output, a sentence each with the line it is in; ten at the most.
    static func faults(in bytes: some Collection<UInt8>, isColoured: Bool = false) -> [String] {
        let bytes = Array(bytes)
        let checked = isColoured ? withoutColours(bytes) : bytes
        var faults: [String] = []
        for line in checked.split(separator: 0x0A, omittingEmptySubsequences: true) {
            guard let fault = fault(in: line) else { continue }
            faults.append("\(fault) in: \(visible(line))")
            if faults.count == 10 { break }
        }
        return faults
    }

    private static func fault(in line: ArraySlice<UInt8>) -> String? {
        guard let text = String(validating: line, as: UTF8.self) else { return "no UTF-8" }
        guard let scalar = text.unicodeScalars.first(where: isHarmful) else { return nil }
        return "U+\(hexadecimal(scalar.value))"
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

    private static func withoutColours(_ bytes: [UInt8]) -> [UInt8] {
        var rest: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let colour =
                bytes[index] == 0x1B ? colours.first { bytes[index...].starts(with: $0) } : nil
            if let colour {
                index += colour.count
            } else {
                rest.append(bytes[index])
                index += 1
            }
        }
        return rest
    }

    private static func visible(_ line: ArraySlice<UInt8>) -> String {
        String(line.prefix(160).map { 0x20..<0x7F ~= $0 ? Character(Unicode.Scalar($0)) : "·" })
    }
}

/// Parsers of others.
enum Parsed {
    /// What is wrong with lines that should each hold a JSON object; ten at the most.
    static func faults(inJSONLines bytes: [UInt8]) -> [String] {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: true)
        if lines.isEmpty { return ["no line of JSON"] }
        return Array(lines.lazy.compactMap { faults(inJSON: Array($0)).first }.prefix(10))
    }

    static func faults(inJSON bytes: [UInt8]) -> [String] {
        do {
            let value = try JSONSerialization.jsonObject(with: Data(bytes))
            return value is [String: Any] ? [] : ["no object"]
        } catch {
            return ["\(error) in: \(String(decoding: bytes.prefix(400), as: UTF8.self))"]
        }
    }
}
