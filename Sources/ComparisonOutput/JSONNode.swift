internal import TraceOutput

/// A small JSON document, built as a value: members keep their order.
indirect enum JSONNode: ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    case text(String)
    case number(Int)
    case boolean(Bool)
    case list([JSONNode])
    case object([(String, JSONNode)])

    init(stringLiteral text: String) { self = .text(text) }

    init(arrayLiteral members: (String, JSONNode)...) { self = .object(members) }

    func append(to buffer: inout OutputBuffer) {
        switch self {
        case .text(let text): buffer.append(json: text.utf8.span)
        case .number(let number): buffer.append(number)
        case .boolean(let value): buffer.append(string: value ? "true" : "false")
        case .list(let nodes):
            buffer.append("[")
            for (index, node) in nodes.enumerated() {
                if index > 0 { buffer.append(",") }
                node.append(to: &buffer)
            }
            buffer.append("]")
        case .object(let members):
            buffer.append("{")
            for (index, member) in members.enumerated() {
                if index > 0 { buffer.append(",") }
                buffer.append(json: member.0.utf8.span)
                buffer.append(":")
                member.1.append(to: &buffer)
            }
            buffer.append("}")
        }
    }
}
