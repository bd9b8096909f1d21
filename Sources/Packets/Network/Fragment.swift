/// One piece of a fragmented IP packet.
package struct Fragment: Sendable {
    /// The packet it is a piece of.
    package var key: Key
    /// Where its payload lies in the frame.
    package var payload: Range<Int>
    /// Where its payload belongs in the packet's payload, in bytes.
    package var position: Int
    /// Whether another piece follows.
    package var hasMore: Bool

    /// What the pieces of one packet share (RFC 791 §3.2, RFC 8200 §4.5).
    package struct Key: Hashable, Sendable {
        package var source: IPAddress
        package var destination: IPAddress
        package var protocolNumber: UInt8
        package var identification: UInt32
        package var network: NetworkIdentity
    }

    init(
        _ packet: PacketCursor,
        protocolNumber: UInt8,
        identification: UInt32,
        position: Int,
        hasMore: Bool
    ) {
        key = Key(
            source: packet.source,
            destination: packet.destination,
            protocolNumber: protocolNumber,
            identification: identification,
            network: packet.network
        )
        payload = packet.offset..<max(packet.offset, packet.end)
        self.position = position
        self.hasMore = hasMore
    }
}
