/// Finds the next block of a pcapng file behind damage: one of a known type whose two lengths
/// agree.
struct PcapngBlockSearch {
    /// How many bytes are looked through between two moves of the window.
    private static let stride = 65_536

    let byteOrder: ByteOrder

    /// Moves the window behind the block it stands at, where that is a whole one, else to the next
    /// block behind the byte it stands at; to the file's end where there is none.
    func findBlock(in window: inout ReadWindow, frame: Int) throws(CaptureError) -> Bool {
        if let length = try wholeBlock(at: 0, in: &window, frame: frame) {
            window.consume(length)
            return true
        }
        var distance = 1
        while try window.fill(atLeast: distance + PcapngBlock.overhead, for: frame) {
            let isFound =
                try isOtherFile(at: distance, in: &window, frame: frame)
                ? true : try wholeBlock(at: distance, in: &window, frame: frame) != nil
            if isFound {
                window.consume(distance)
                return true
            }
            distance += 1
            if distance > Self.stride {
                window.consume(distance - 1)
                distance = 1
            }
        }
        window.consume(window.available)
        return false
    }

    /// Whether the header of a file of another format lies at `distance`.
    private func isOtherFile(
        at distance: Int,
        in window: inout ReadWindow,
        frame: Int
    ) throws(CaptureError) -> Bool {
        guard try window.fill(atLeast: distance + FileBeginning.length, for: frame) else {
            return false
        }
        let rest = unsafe UnsafeRawBufferPointer(rebasing: window.unread[distance...])
        return unsafe FileBeginning.isHeader(rest)
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
