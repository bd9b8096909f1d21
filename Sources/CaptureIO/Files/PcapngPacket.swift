/// The fixed fields of a pcapng block that holds a frame: the Enhanced Packet Block, the Simple
/// Packet Block and the obsolete Packet Block (draft-ietf-opsawg-pcapng §4.3, §4.4, appendix A).
struct PcapngPacket {
    /// The interface's index in the section.
    let interface: Int
    /// The time in the interface's units; `nil` in a Simple Packet Block.
    let time: UInt64?
    let originalLength: Int
    /// Where the captured bytes lie, counted from the block's start.
    let captured: Range<Int>

    /// Whether blocks of this type hold a frame.
    static func isPacket(_ type: UInt32) -> Bool {
        type == PcapngBlock.enhancedPacket || type == PcapngBlock.simplePacket
            || type == PcapngBlock.packet
    }

    /// Decodes the block at `offset` of `bytes`, where at least its fixed fields are.
    ///
    /// - Parameters:
    ///   - bytes: unread bytes of the file.
    ///   - offset: where the block begins.
    ///   - type: the block's type, one of a packet's.
    ///   - length: the length of the whole block, at least ``PcapngBlock/leastLength(of:)``.
    ///   - byteOrder: that of the section.
    ///   - interfaces: what the section has declared so far.
    /// - Throws: ``FileDamage/undeclaredInterface(_:declared:)`` and
    ///   ``FileDamage/capturedLengthBeyondBlock(claimed:room:)``.
    init(
        decoding bytes: UnsafeRawBufferPointer,
        at offset: Int,
        type: UInt32,
        length: Int,
        _ byteOrder: ByteOrder,
        interfaces: [PcapngReader.DeclaredInterface]
    ) throws(FileDamage) {
        let room = length - PcapngBlock.leastLength(of: type)
        let claimed: Int
        if type == PcapngBlock.simplePacket {
            interface = 0
            time = nil
            originalLength = unsafe Int(byteOrder.uint32(bytes, at: offset + 8))
            let limit = interfaces.first?.snapshotLength ?? 0
            claimed = min(originalLength, room, limit == 0 ? .max : limit)
            captured = 12..<12 + claimed
        } else {
            interface =
                type == PcapngBlock.packet
                ? unsafe Int(byteOrder.uint16(bytes, at: offset + 8))
                : unsafe Int(byteOrder.uint32(bytes, at: offset + 8))
            let high = unsafe UInt64(byteOrder.uint32(bytes, at: offset + 12))
            let low = unsafe UInt64(byteOrder.uint32(bytes, at: offset + 16))
            time = high << 32 | low
            claimed = unsafe Int(byteOrder.uint32(bytes, at: offset + 20))
            originalLength = unsafe Int(byteOrder.uint32(bytes, at: offset + 24))
            captured = 28..<28 + claimed
        }
        guard interface < interfaces.count else {
            throw .undeclaredInterface(interface, declared: interfaces.count)
        }
        guard claimed <= room else {
            throw .capturedLengthBeyondBlock(claimed: claimed, room: room)
        }
    }
}
