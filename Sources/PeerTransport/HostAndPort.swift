internal import NIOCore

/// One end of a connection as people write it.
package struct HostAndPort: Sendable, Hashable, CustomStringConvertible {
    /// A host name or an address.
    package var host: String
    /// The port, 0 to 65535.
    package var port: Int

    /// Creates an end.
    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Host and port with a colon between them; an IPv6 address stands in brackets.
    package var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}

extension HostAndPort {
    /// The end with this address; `nil` where it is none of IP.
    init?(_ address: SocketAddress) {
        guard let host = address.ipAddress, let port = address.port else { return nil }
        self.init(host: host, port: port)
    }
}
