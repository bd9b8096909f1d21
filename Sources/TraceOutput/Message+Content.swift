internal import Content
internal import Trace

extension Message {
    /// Type and codings of the content by the fields; nothing where the content is of another
    /// protocol.
    func contentDescription(_ memory: inout MediaTypeMemory) -> ContentDescription {
        var description = ContentDescription()
        if case .switched = framing { return description }
        let bytes = head.bytes.span
        for line in head.fieldLines where line.hasColon {
            description.note(
                name: bytes.extracting(line.name),
                value: bytes.extracting(line.value),
                read: { memory.read($0) }
            )
        }
        return description
    }

    /// Bytes of content that were seen and not kept.
    var lostContentLength: Int { contentLength - content.count }

    /// Whether all content was sent, seen and kept.
    var isWhole: Bool { isComplete && lostContentLength == 0 }
}
