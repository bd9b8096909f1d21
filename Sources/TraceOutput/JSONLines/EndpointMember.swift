internal import Packets

/// Writes an endpoint as a JSON object and keeps the text of the last address: exchange after
/// exchange one side of a capture tends to stay the same.
struct EndpointMember: Sendable {
    private var address: IPAddress?
    private var text: [UInt8] = []

    mutating func append(_ endpoint: Endpoint, to buffer: inout OutputBuffer) {
        if endpoint.address != address {
            address = endpoint.address
            text.removeAll(keepingCapacity: true)
            text.append(contentsOf: #"{"address":""#.utf8)
            endpoint.address.appendText(to: &text)
            text.append(contentsOf: #"","port":"#.utf8)
        }
        buffer.append(text.span)
        buffer.append(Int(endpoint.port))
        buffer.append("}")
    }
}
