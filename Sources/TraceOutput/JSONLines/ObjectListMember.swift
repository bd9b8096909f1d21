/// A member that is a list of objects.
enum ObjectListMember {
    /// Appends the member, where there are any elements; `body` appends one, but for the closing
    /// brace.
    static func append<Element>(
        _ name: StaticString,
        _ elements: [Element],
        to buffer: inout OutputBuffer,
        _ body: (Element, inout OutputBuffer) -> Void
    ) {
        guard !elements.isEmpty else { return }
        buffer.append(",\"")
        buffer.append(name)
        buffer.append("\":[")
        for (index, element) in elements.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            body(element, &buffer)
            buffer.append("}")
        }
        buffer.append("]")
    }
}
