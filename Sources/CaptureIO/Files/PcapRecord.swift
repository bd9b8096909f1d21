/// The fields of a record header (draft-ietf-opsawg-pcap §5).
struct PcapRecord {
    let seconds: UInt32
    let fraction: UInt32
    let capturedLength: Int
    let originalLength: Int

    init(decoding bytes: UnsafeRawBufferPointer, at offset: Int, as header: PcapHeader) {
        let byteOrder = header.byteOrder
        seconds = unsafe byteOrder.uint32(bytes, at: offset)
        fraction = unsafe byteOrder.uint32(bytes, at: offset + 4)
        let first = unsafe Int(byteOrder.uint32(bytes, at: offset + 8))
        let second = unsafe Int(byteOrder.uint32(bytes, at: offset + 12))
        switch header.lengthOrder {
        case .capturedFirst: (capturedLength, originalLength) = (first, second)
        case .originalFirst: (capturedLength, originalLength) = (second, first)
        case .smallerIsCaptured:
            (capturedLength, originalLength) = (min(first, second), max(first, second))
        }
    }
}
