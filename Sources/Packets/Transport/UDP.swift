import Bytes

/// UDP, as far as tunnels run over it.
enum UDP {
    static func next(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        guard packet.available >= 8 else { return .stop(.truncated(.udp)) }
        let source = bytes.bigEndianUInt16(at: packet.offset)
        let destination = bytes.bigEndianUInt16(at: packet.offset + 2)
        guard let tunnel = Tunnel(port: destination) ?? Tunnel(answeringFrom: source) else {
            return .stop(.notTCP(protocolNumber: 17))
        }
        packet.offset += 8
        return .tunnel(tunnel)
    }
}
