/// Writes the JSON output's description for people: every object with the members, their meaning,
/// and how to ask for them with jq.
package struct JSONDescriptionRenderer: Sendable {
    private let style: Style
    private let width: Int

    package init(options: OutputOptions = OutputOptions()) {
        style = Style(usesColor: options.usesColor)
        width = min(max(options.width, 60), 100)
    }

    /// Appends the whole description.
    package func render(into buffer: inout OutputBuffer) {
        buffer.append(wrapping: Self.introduction, indent: 0, width: width)
        for object in JSONObject.all { append(object, to: &buffer) }
        buffer.append("\n")
        style.write("Questions, for jq", .heading, to: &buffer)
        buffer.append("\n")
        for example in JSONExample.all { append(example, to: &buffer) }
    }

    private static let introduction = """
        With --format json each exchange is one JSON object on a line. Durations are in seconds, \
        times in UTC. A member with a ? is left out where the capture cannot tell, or nothing is to \
        be told; members are added in time, and none changes its meaning. Lines with a "type" are no \
        exchanges. The same as a JSON Schema: httptrace help json-schema.
        """

    private func append(_ object: JSONObject, to buffer: inout OutputBuffer) {
        buffer.append("\n")
        style.write(string: object.name, .heading, to: &buffer)
        buffer.append("\n")
        buffer.append(wrapping: object.meaning, indent: 2, width: width)
        let keys = object.members.map { $0.isRequired ? $0.key : $0.key + "?" }
        let column = 4 + (keys.map(\.utf8.count).max() ?? 0)
        for (key, member) in zip(keys, object.members) {
            var text = OutputBuffer(capacity: 256)
            text.append(
                wrapping: member.shape.description + ": " + member.meaning,
                indent: column,
                width: width
            )
            buffer.append("  ")
            style.write(string: key, .method, to: &buffer)
            // The first line has its key where the others have their indent.
            text.withBytes { buffer.append($0.extracting((2 + key.utf8.count)...)) }
        }
    }

    private func append(_ example: JSONExample, to buffer: inout OutputBuffer) {
        buffer.append("\n")
        buffer.append(wrapping: example.question, indent: 2, width: width)
        // Not wrapped: it is to be copied.
        buffer.append("    httptrace --format json FILE | ")
        buffer.append(string: example.command)
        buffer.append("\n")
    }
}

extension JSONShape: CustomStringConvertible {
    /// The kind of value in a few words, such as `number of bytes`.
    package var description: String {
        switch self {
        case .text: "text"
        case .word(let words): words.count == 1 ? "\"\(words[0])\"" : words.joined(separator: " | ")
        case .count(let unit): unit.isEmpty ? "number" : "number of \(unit)"
        case .seconds: "seconds"
        case .difference: "seconds, negative where it came before"
        case .time: "time"
        case .flag: "true | false"
        case .object(let object): object.name
        case .list(let shape): "list of \(shape)"
        case .fieldLine: "[name, value]"
        case .counts: "numbers by name"
        case .named(let object): "\(object.name) by name"
        case .optional(let shape): "\(shape) | null"
        }
    }
}
