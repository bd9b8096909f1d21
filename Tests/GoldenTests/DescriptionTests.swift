import Findings
import Foundation
import Support
import Testing
import TraceOutput

/// What `httptrace help json` says, held against what is written.
@Suite struct DescriptionTests {
    @Test(arguments: GoldenCapture.all)
    func `each member of the output is described, and is what it is said to be`(
        capture: GoldenCapture
    ) throws {
        for suffix in ["json", "frames.json"] {
            let file = capture.expectation(suffix)
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            for line in text.split(separator: "\n") { try check(line: String(line)) }
        }
    }

    @Test(arguments: FindingCode.allCases)
    func `each member of an explanation is described`(code: FindingCode) throws {
        var buffer = OutputBuffer()
        ExplainJSONRenderer().render(code, into: &buffer)
        try check(line: text(of: buffer))
    }

    @Test func `the schema in the repository is what is described`() throws {
        var buffer = OutputBuffer()
        JSONSchemaRenderer().render(into: &buffer)
        let text = text(of: buffer)
        let file = URL(fileURLWithPath: Project.root.string)
            .appendingPathComponent("Schemas/json-lines.schema.json")
        if GoldenTests.isRecording { try text.write(to: file, atomically: true, encoding: .utf8) }
        #expect(try text == String(contentsOf: file, encoding: .utf8))
    }

    private func text(of buffer: borrowing OutputBuffer) -> String {
        buffer.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }

    private func check(line: String) throws {
        let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
        let object = try #require(value as? [String: Any])
        let kind = try #require(Self.kind(of: object))
        for fault in JSONObject.faults(of: object, as: kind) { Issue.record("\(fault) in \(line)") }
    }

    /// What a line is about, as a program would tell it.
    private static func kind(of object: [String: Any]) -> JSONObject? {
        if let type = object["type"] as? String { return .lines.first { $0.name == type } }
        if object["frame"] != nil { return .frame }
        return object["code"] == nil ? .exchange : .explanation
    }
}

extension JSONObject {
    /// What contradicts the description in `object`, and in what it holds.
    static func faults(of object: [String: Any], as description: JSONObject) -> [String] {
        let known = Set(description.members.map(\.key))
        var faults = object.keys.filter { !known.contains($0) }
            .map { "\(description.name) has \($0), which is not described" }
        for member in description.members {
            if let value = object[member.key] {
                faults += member.shape.faults(of: value)
                    .map { "\(description.name).\(member.key): \($0)" }
            } else if member.isRequired {
                faults.append("\(description.name) has no \(member.key)")
            }
        }
        return faults
    }
}

extension JSONShape {
    /// What contradicts the shape in `value`, as `JSONSerialization` reads it.
    func faults(of value: Any) -> [String] {
        switch self {
        case .text: return value is String ? [] : ["\(value) is no text"]
        case .word(let words):
            return words.contains(value as? String ?? "") ? [] : ["\(value) is none of \(words)"]
        case .count:
            return (value as? NSNumber)?.stringValue.allSatisfy(\.isNumber) == true
                ? [] : ["\(value) is no count"]
        case .seconds:
            return (value as? NSNumber).map { $0.doubleValue >= 0 } == true
                ? [] : ["\(value) is no duration"]
        case .difference: return value is NSNumber ? [] : ["\(value) is no difference"]
        case .time:
            let form = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z/
            return (value as? String)?.wholeMatch(of: form) == nil ? ["\(value) is no time"] : []
        case .flag: return value is Bool ? [] : ["\(value) is neither true nor false"]
        case .object(let object):
            guard let members = value as? [String: Any] else { return ["\(value) is no object"] }
            return JSONObject.faults(of: members, as: object)
        case .list(let shape):
            guard let elements = value as? [Any] else { return ["\(value) is no list"] }
            return elements.flatMap(shape.faults)
        case .fieldLine: return (value as? [String])?.count == 2 ? [] : ["\(value) is no pair"]
        case .counts: return value is [String: Int] ? [] : ["\(value) has no counts"]
        case .named(let object):
            guard let members = value as? [String: [String: Any]] else {
                return ["\(value) has no objects"]
            }
            return members.values.flatMap { JSONObject.faults(of: $0, as: object) }
        case .optional(let shape): return value is NSNull ? [] : shape.faults(of: value)
        }
    }
}
