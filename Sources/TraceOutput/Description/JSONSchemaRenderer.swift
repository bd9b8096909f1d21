internal import Bytes

/// Writes the JSON output's description as a JSON Schema (draft 2020-12), for programs.
///
/// The schema is of one line, and forbids no unknown member, as there will be more.
package struct JSONSchemaRenderer: Sendable {
    package init() {}

    /// Appends the schema, laid out, and a line feed.
    package func render(into buffer: inout OutputBuffer) {
        buffer.append(
            """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "A line of httptrace --format json",
              "anyOf": [
            """
        )
        for (index, object) in JSONObject.lines.enumerated() {
            buffer.append(index == 0 ? "\n    " : ",\n    ")
            appendReference(to: object, to: &buffer)
        }
        buffer.append("\n  ],\n  \"$defs\": {")
        for (index, object) in JSONObject.all.enumerated() {
            buffer.append(index == 0 ? "\n" : ",\n")
            append(object, to: &buffer)
        }
        buffer.append("\n  }\n}\n")
    }

    private func append(_ object: JSONObject, to buffer: inout OutputBuffer) {
        buffer.append("    ")
        append(text: object.name, to: &buffer)
        buffer.append(": {\n      \"type\": \"object\",\n      \"description\": ")
        append(text: object.meaning, to: &buffer)
        buffer.append(",\n      \"required\": ")
        append(texts: object.members.filter(\.isRequired).map(\.key), to: &buffer)
        buffer.append(",\n      \"properties\": {")
        for (index, member) in object.members.enumerated() {
            buffer.append(index == 0 ? "\n        " : ",\n        ")
            append(text: member.key, to: &buffer)
            buffer.append(": {\"description\": ")
            append(text: member.meaning, to: &buffer)
            buffer.append(", ")
            append(member.shape, to: &buffer)
            buffer.append("}")
        }
        buffer.append("\n      }\n    }")
    }

    /// Appends the members of the schema of a value, without braces.
    private func append(_ shape: JSONShape, to buffer: inout OutputBuffer) {
        switch shape {
        case .text: buffer.append(#""type": "string""#)
        case .word(let words):
            buffer.append(#""enum": "#)
            append(texts: words, to: &buffer)
        case .count: buffer.append(#""type": "integer", "minimum": 0"#)
        case .seconds: buffer.append(#""type": "number", "minimum": 0"#)
        case .difference: buffer.append(#""type": "number""#)
        case .time: buffer.append(#""type": "string", "format": "date-time""#)
        case .flag: buffer.append(#""type": "boolean""#)
        case .object(let object):
            buffer.append(#""$ref": "#)
            appendPath(of: object, to: &buffer)
        case .list(let element):
            buffer.append(#""type": "array", "items": {"#)
            append(element, to: &buffer)
            buffer.append("}")
        case .fieldLine:
            buffer.append(
                #""type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2"#
            )
        case .counts:
            buffer.append(
                #""type": "object", "additionalProperties": {"type": "integer", "minimum": 0}"#
            )
        case .named(let object):
            buffer.append(#""type": "object", "additionalProperties": "#)
            appendReference(to: object, to: &buffer)
        case .optional(let value):
            buffer.append(#""anyOf": [{"#)
            append(value, to: &buffer)
            buffer.append(#"}, {"type": "null"}]"#)
        }
    }

    private func appendReference(to object: JSONObject, to buffer: inout OutputBuffer) {
        buffer.append(#"{"$ref": "#)
        appendPath(of: object, to: &buffer)
        buffer.append("}")
    }

    private func appendPath(of object: JSONObject, to buffer: inout OutputBuffer) {
        append(text: "#/$defs/" + object.name, to: &buffer)
    }

    private func append(texts: [String], to buffer: inout OutputBuffer) {
        buffer.append("[")
        for (index, text) in texts.enumerated() {
            if index > 0 { buffer.append(", ") }
            append(text: text, to: &buffer)
        }
        buffer.append("]")
    }

    private func append(text: String, to buffer: inout OutputBuffer) {
        buffer.append(json: text.utf8.span)
    }
}
