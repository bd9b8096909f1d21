/// An IPv4 or IPv6 address.
public struct IPAddress: Sendable, Hashable {
    /// The first 64 bits of an IPv6 address; 0 for IPv4.
    package var high: UInt64
    /// The last 64 bits of an IPv6 address; the 32 bits of an IPv4 address.
    package var low: UInt64
    /// Whether it is an IPv6 address.
    package var isVersion6: Bool

    /// Creates an IPv4 address from its 32 bits, most significant first.
    package init(version4 bits: UInt32) {
        high = 0
        low = UInt64(bits)
        isVersion6 = false
    }

    /// Creates an IPv6 address from its 128 bits, most significant first.
    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
        isVersion6 = true
    }
}

/// One end of a TCP connection.
public struct Endpoint: Sendable, Hashable {
    /// The IP address.
    public var address: IPAddress
    /// The TCP port, 0 to 65535.
    public var port: UInt16

    /// Creates an endpoint.
    public init(address: IPAddress, port: UInt16) {
        self.address = address
        self.port = port
    }
}
