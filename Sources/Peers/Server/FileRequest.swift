/// What the file service needs to know of a request.
package struct FileRequest: Sendable, Hashable {
    /// Where a request's data comes from.
    package enum DataSource: Sendable, Hashable {
        /// It has none: neither a `Data` field nor content that is announced.
        case absent
        /// The report's `Data` field.
        case field
        /// The content, which may be empty.
        case content
    }

    /// The method as sent.
    package var method: [UInt8]
    /// The request target as sent.
    package var target: [UInt8]
    /// The version as sent, such as `HTTP/1.1`; empty where the request line has none.
    package var version: [UInt8]
    /// The content, or else the value of the `Data` field; empty where there is neither.
    package var data: [UInt8]
    /// Where the data comes from.
    package var source: DataSource
    /// The fields that matter to the standard server; `nil` where the request has none of them.
    package var fields: RequestFields?

    /// Creates a request.
    package init(
        method: [UInt8],
        target: [UInt8],
        version: [UInt8],
        data: [UInt8] = [],
        source: DataSource? = nil,
        fields: RequestFields? = nil
    ) {
        self.method = method
        self.target = target
        self.version = version
        self.data = data
        self.source = source ?? (data.isEmpty ? .absent : .content)
        self.fields = fields
    }

    /// Whether it may change a file.
    package var isChange: Bool {
        ["PUT", "PATCH", "POST"].contains { method.elementsEqual($0.utf8) }
    }

    /// The path of the target, which may be given with scheme and authority (RFC 9112 §3.2.2).
    package var path: ArraySlice<UInt8> {
        let scheme = Array("http://".utf8)
        guard target.count >= scheme.count, target.first != UInt8(ascii: "/"),
            zip(target, scheme).allSatisfy({ $0 | 0x20 == $1 | 0x20 })
        else { return target[...] }
        return target[scheme.count...].drop { $0 != 0x2F }
    }
}

/// The field values of a request that the standard server acts by, as sent; those of several lines
/// of one name are joined by commas (RFC 9110 §5.3).
package struct RequestFields: Sendable, Hashable {
    package var contentType: [UInt8]?
    package var contentEncoding: [UInt8]?
    package var contentRange: [UInt8]?
    package var ifMatch: [UInt8]?
    package var ifNoneMatch: [UInt8]?
    package var ifModifiedSince: [UInt8]?
    package var ifUnmodifiedSince: [UInt8]?
    package var range: [UInt8]?
    package var ifRange: [UInt8]?

    /// Creates fields of a request that has none.
    package init() {}
}
