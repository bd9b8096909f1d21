/// What the file service needs to know of a request.
package struct FileRequest: Sendable, Hashable {
    /// The method as sent.
    package var method: [UInt8]
    /// The request target as sent.
    package var target: [UInt8]
    /// The version as sent, such as `HTTP/1.1`; empty where the request line has none.
    package var version: [UInt8]
    /// The content, or else the value of the `Data` field; empty where there is neither.
    package var data: [UInt8]

    /// Creates a request.
    package init(method: [UInt8], target: [UInt8], version: [UInt8], data: [UInt8] = []) {
        self.method = method
        self.target = target
        self.version = version
        self.data = data
    }

    /// The path of the target, which may be given with scheme and authority (RFC 9112 §3.2.2).
    package var path: ArraySlice<UInt8> {
        let scheme = Array("http://".utf8)
        guard target.count >= scheme.count,
            zip(target, scheme).allSatisfy({ $0 | 0x20 == $1 | 0x20 })
        else { return target[...] }
        return target[scheme.count...].drop { $0 != 0x2F }
    }
}
