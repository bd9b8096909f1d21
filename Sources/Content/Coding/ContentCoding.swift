internal import Bytes

/// A content coding that can be removed (RFC 9110 §8.4.1, RFC 7932, RFC 8878).
package enum ContentCoding: String, Sendable, Hashable, CaseIterable {
    case gzip
    case deflate
    case brotli = "br"
    case zstd

    /// The coding of this name, or `nil` where it is not known.
    package init?(name: Span<UInt8>) {
        if name.equalsIgnoringCase("gzip") || name.equalsIgnoringCase("x-gzip") {
            self = .gzip
        } else if name.equalsIgnoringCase("deflate") {
            self = .deflate
        } else if name.equalsIgnoringCase("br") {
            self = .brotli
        } else if name.equalsIgnoringCase("zstd") {
            self = .zstd
        } else {
            return nil
        }
    }
}

/// A coding that a message says it has.
package struct AppliedCoding: Sendable, Hashable {
    /// The field that names it.
    package enum Layer: Sendable, Hashable {
        /// `Content-Encoding`: a property of the representation.
        case content
        /// `Transfer-Encoding`: a property of the message.
        case transfer
    }

    /// Its name as sent.
    package var name: [UInt8]
    package var layer: Layer

    package init(name: [UInt8], layer: Layer) {
        self.name = name
        self.layer = layer
    }

    /// Where the names of codings stand in one field value; `identity` and the `chunked` that the
    /// parser removes are none.
    package static func places(in value: Span<UInt8>, layer: Layer) -> [Range<Int>] {
        var places: [Range<Int>] = []
        var start = 0
        while start < value.count {
            let end = value.firstIndex(of: UInt8(ascii: ","), from: start) ?? value.count
            let place = value.trimmedRange(start..<end)
            let name = value.extracting(place)
            let isNone =
                name.isEmpty || name.equalsIgnoringCase("identity")
                || layer == .transfer && name.equalsIgnoringCase("chunked")
            if !isNone { places.append(place) }
            start = end + 1
        }
        return places
    }

    /// What it is, or `nil` where that is not known.
    package var coding: ContentCoding? { ContentCoding(name: name.span) }
}

extension [AppliedCoding] {
    /// Appends the codings of one field value, a list in the order in which they were applied;
    /// `identity` and the `chunked` that the parser removes are none.
    package mutating func append(list value: Span<UInt8>, layer: AppliedCoding.Layer) {
        for place in AppliedCoding.places(in: value, layer: layer) {
            let name = [UInt8](copying: value.extracting(place))
            append(AppliedCoding(name: name, layer: layer))
        }
    }
}
