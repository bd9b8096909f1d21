import Foundation
import Support
import Testing
import TraceOutput

@Suite struct JSONDescriptionTests {
    @Test func `the help fits a terminal, but for commands that are to be copied`() {
        let text = Samples.text { JSONDescriptionRenderer().render(into: &$0) }
        let lines = text.split(separator: "\n").filter { !$0.contains(" | jq ") }
        #expect(lines.allSatisfy { $0.unicodeScalars.count <= 80 })
        #expect(JSONExample.all.count == 5)
    }

    @Test(arguments: JSONObject.all.map(\.name))
    func `every object is named once, and all its members are in the help`(name: String) throws {
        let objects = JSONObject.all.filter { $0.name == name }
        let object = try #require(objects.first)
        #expect(objects.count == 1)
        #expect(Set(object.members.map(\.key)).count == object.members.count)
        let text = Samples.text { JSONDescriptionRenderer().render(into: &$0) }
        let section = try #require(text.firstRange(of: "\n\(name)\n"))
        let described = "\n" + text[section.upperBound...]
        for member in object.members { #expect(described.contains("\n  \(member.key)")) }
    }

    @Test func `every reference of the schema leads to a definition`() throws {
        let text = Samples.text { JSONSchemaRenderer().render(into: &$0) }
        let schema = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        let definitions = try #require(schema?["$defs"] as? [String: Any])
        let named = text.matches(of: /"#\/\$defs\/([a-zA-Z]+)"/).map { String($0.1) }
        #expect(Set(named) == Set(definitions.keys))
    }
}
