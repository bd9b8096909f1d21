/// Finds the next block of a pcapng file behind damage: one of a known type whose two lengths
/// agree.
struct PcapngBlockSearch {
    let byteOrder: ByteOrder

    /// Moves the window behind the block it stands at, where that is a whole one, else to the next
    /// block behind the byte it stands at; to the file's end where there is none.
    func findBlock(in window: inout ReadWindow, frame: Int) throws(CaptureError) -> Bool {
        if let length = try wholeBlock(at: 0, in: &window, frame: frame) {
            window.consume(length)
            return true
        }
        return try window.search(atLeast: PcapngBlock.overhead, for: frame) {
            (window, distance) throws(CaptureError) in
            try wholeBlock(at: distance, in: &window, frame: frame) != nil
        }
    }

    /// The length of the whole block that lies at `distance`; `nil` where none does.
    private func wholeBlock(
        at distance: Int,
        in window: inout ReadWindow,
        frame: Int
    ) throws(CaptureError) -> Int? {
        guard try window.fill(atLeast: distance + PcapngBlock.overhead, for: frame) else {
            return nil
        }
        let type = unsafe byteOrder.uint32(window.unread, at: distance)
        guard PcapngBlock.isAssigned(type) else { return nil }
        var order: ByteOrder? = byteOrder
        if type == PcapngBlock.sectionHeader {
            let magic = unsafe ByteOrder.bigEndian.uint32(window.unread, at: distance + 8)
            order = PcapngBlock.byteOrder(magic: magic)
        }
        guard let order else { return nil }
        let length = unsafe Int(order.uint32(window.unread, at: distance + 4))
        guard length >= PcapngBlock.leastLength(of: type), length % 4 == 0,
            length <= PcapngBlock.greatestLength,
            try window.fill(atLeast: distance + length, for: frame)
        else { return nil }
        let trailing = unsafe Int(order.uint32(window.unread, at: distance + length - 4))
        return trailing == length ? length : nil
    }
}
