import Bytes

/// Linux's netfilter log (`LINKTYPE_NFLOG`): a header of four bytes, then fields of type, length and
/// value, one of which holds the packet.
///
/// The fields are in the byte order of the machine that captured, which the file does not tell: it
/// is the one in which the first length makes sense.
enum NetfilterLog {
    private static let payloadType: UInt16 = 9

    static func next(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        guard packet.available >= 8 else { return .stop(.truncated(.netfilterLog)) }
        packet.offset += 4
        let isLittleEndian =
            bytes.littleEndianUInt16(at: packet.offset)
            < bytes.bigEndianUInt16(at: packet.offset)
        while packet.available >= 4 {
            let length = number(bytes, at: packet.offset, isLittleEndian)
            let type = number(bytes, at: packet.offset + 2, isLittleEndian)
            guard length >= 4 else { return .stop(.malformed(.netfilterLog)) }
            if type & 0x7FFF == payloadType {
                packet.offset += 4
                return .ip
            }
            // Fields begin at multiples of four bytes.
            packet.offset += (Int(length) + 3) & ~3
        }
        return .stop(.truncated(.netfilterLog))
    }

    private static func number(
        _ bytes: Span<UInt8>,
        at offset: Int,
        _ isLittleEndian: Bool
    ) -> UInt16 {
        isLittleEndian
            ? bytes.littleEndianUInt16(at: offset) : bytes.bigEndianUInt16(at: offset)
    }
}
