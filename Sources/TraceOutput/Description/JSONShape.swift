/// The kind of a value of the JSON output.
package indirect enum JSONShape: Sendable {
    /// Any string.
    case text
    /// One of these strings.
    case word([String])
    /// A whole number, not below 0, of the things named, such as `bytes`; empty for mere numbering.
    case count(of: String)
    /// A duration in seconds, with up to nine digits behind the point.
    case seconds
    /// From one time to another in seconds, negative where the second is the earlier.
    case difference
    /// A time in UTC after RFC 3339, as exact as the capture is.
    case time
    case flag
    case object(JSONObject)
    case list(JSONShape)
    /// A list of two strings: name and value of a field line.
    case fieldLine
    /// An object of numbers under names that depend on the capture.
    case counts
    /// An object of objects under names that depend on the capture.
    case named(JSONObject)
    /// The value, or `null`.
    case optional(JSONShape)
}

/// An object of the JSON output: the members in the order in which they are written.
package struct JSONObject: Sendable {
    /// The name by which other members refer to the object, such as `finding`.
    package let name: String
    /// The meaning, in a sentence.
    package let meaning: String
    package let members: [JSONMember]

    init(_ name: String, _ meaning: String, _ members: [JSONMember]) {
        self.name = name
        self.meaning = meaning
        self.members = members
    }
}

/// A member of an object.
package struct JSONMember: Sendable {
    package let key: String
    package let shape: JSONShape
    /// Whether every such object has the member; some a capture cannot tell, and they are left out.
    package let isRequired: Bool
    /// The meaning of the value, without the unit, which the shape has.
    package let meaning: String

    static func always(_ key: String, _ shape: JSONShape, _ meaning: String) -> JSONMember {
        JSONMember(key: key, shape: shape, isRequired: true, meaning: meaning)
    }

    static func sometimes(_ key: String, _ shape: JSONShape, _ meaning: String) -> JSONMember {
        JSONMember(key: key, shape: shape, isRequired: false, meaning: meaning)
    }
}
