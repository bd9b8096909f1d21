import Bytes

/// Several packets that went over the air as one frame (A-MSDU, IEEE 802.11 §9.3.2.2.2).
package struct Aggregate: Sendable {
    /// Where the packets lie in the frame, from their LLC headers on; what is behind the last
    /// captured byte was cut.
    package let packets: [Range<Int>]

    /// The network that all of them are in.
    let network: NetworkIdentity
}

extension Aggregate {
    /// Reads the headers of the subframes: two addresses and a length each; all but the last are
    /// padded to four bytes.
    static func next(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        var packets: [Range<Int>] = []
        var position = packet.offset
        while position + headerLength <= packet.end {
            let length = Int(bytes.bigEndianUInt16(at: position + 12))
            guard length > 0 else { break }
            let start = position + headerLength
            packets.append(start..<min(start + length, packet.wireEnd))
            position += (headerLength + length + 3) & ~3
        }
        guard !packets.isEmpty else { return .stop(.truncated(.wirelessLAN)) }
        return .aggregate(Aggregate(packets: packets, network: packet.network))
    }

    /// Whether a subframe seems to lie at `offset`: an LLC header behind a length that fits.
    static func seemsToBegin(at offset: Int, _ bytes: Span<UInt8>, _ packet: PacketCursor) -> Bool {
        let start = offset + headerLength
        guard start + 2 <= packet.end else { return false }
        let length = Int(bytes.bigEndianUInt16(at: offset + 12))
        return length >= 8 && start + length <= packet.wireEnd
            && LogicalLinkControl.seemsToBegin(at: start, bytes)
    }

    private static let headerLength = 14
}
