internal import Bytes

/// What a message or a part says of its content.
package struct ContentDescription: Sendable, Hashable {
    /// `Content-Type`; `nil` where there is none.
    package var mediaType: MediaType?

    /// The codings, in the order in which they were applied.
    package var codings: [AppliedCoding] = []

    package init() {}

    /// Notes a field, if it is about the content; `read` reads a media type.
    package mutating func note(
        name: Span<UInt8>,
        value: Span<UInt8>,
        read: (Span<UInt8>) -> MediaType = { MediaType($0) }
    ) {
        // The lengths alone tell most other fields apart.
        switch name.count {
        case 12 where name.equalsIgnoringCase("Content-Type"):
            // Of several, recipients take the last (Fetch Standard §2.2.2).
            if value.count > 0 { mediaType = read(value) }
        case 16 where name.equalsIgnoringCase("Content-Encoding"):
            let place = codings.firstIndex { $0.layer == .transfer } ?? codings.count
            var list: [AppliedCoding] = []
            list.append(list: value, layer: .content)
            codings.insert(contentsOf: list, at: place)
        case 17 where name.equalsIgnoringCase("Transfer-Encoding"):
            codings.append(list: value, layer: .transfer)
        default: break
        }
    }
}
