internal import Bytes

/// The media type that was read last: in most traces one message after the other has the same.
package struct MediaTypeMemory: Sendable {
    private var value: [UInt8] = []
    private var type: MediaType?

    package init() {}

    /// The media type that a `Content-Type` field's value stands for.
    package mutating func read(_ value: Span<UInt8>) -> MediaType {
        if let type, value.count == self.value.count, value.starts(with: self.value) { return type }
        let type = MediaType(value)
        self.value = [UInt8](copying: value)
        self.type = type
        return type
    }
}
