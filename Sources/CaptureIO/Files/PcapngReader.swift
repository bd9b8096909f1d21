internal import Packets

/// Walks the blocks of a pcapng file (draft-ietf-opsawg-pcapng §3).
struct PcapngReader {
    /// What the packets of one interface of the current section need to be understood.
    struct DeclaredInterface {
        let linkType: LinkType
        let snapshotLength: Int
        let clock: PcapngClock
    }

    private(set) var framesRead = 0
    private(set) var description = CaptureDescription()
    private var sections = PcapngSections()
    /// Bytes that must be in memory before the next block can be looked at.
    private var needed = 8
    private var lastTime = Timestamp(nanoseconds: 0, digits: 0)

    /// Lends the frames of the next window.
    ///
    /// - Returns: `false` if there are no more.
    mutating func read(
        from window: inout ReadWindow,
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> Bool {
        guard try window.fill(atLeast: needed, for: framesRead + 1) else {
            guard window.available > 0 else { return false }
            throw lendCutBlock(of: window, body)
        }
        needed = 8
        do throws(FileDamage) {
            try lendPackets(of: &window, body)
        } catch {
            throw window.damaged(error, frame: framesRead + 1)
        }
        if needed == 8, window.available >= 8 {
            try sections.readBlock(
                from: &window,
                frame: framesRead + 1,
                describing: &description
            )
        }
        return true
    }

    /// Lends the packets up to the window's end or the first block that is not a packet, where the
    /// window then stands.
    private mutating func lendPackets(
        of window: inout ReadWindow,
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(FileDamage) {
        let bytes = unsafe window.unread
        let byteOrder = sections.byteOrder
        var position = 0
        defer { window.consume(position) }
        while bytes.count - position >= 8 {
            let type = unsafe byteOrder.uint32(bytes, at: position)
            guard PcapngPacket.isPacket(type) else { return }
            let length = try unsafe PcapngSections.blockLength(
                of: bytes,
                at: position,
                type: type,
                byteOrder
            )
            guard bytes.count - position >= length else {
                needed = length
                return
            }
            let packet = try unsafe PcapngPacket(
                decoding: bytes,
                at: position,
                type: type,
                length: length,
                byteOrder,
                interfaces: sections.interfaces
            )
            try unsafe PcapngSections.checkTrailer(of: bytes, at: position, length, byteOrder)
            let block = unsafe UnsafeRawBufferPointer(
                rebasing: bytes[position..<position + length]
            )
            unsafe lend(packet, of: block, captured: packet.captured, body)
            let optionsStart = (packet.captured.upperBound + 3) & ~3
            if length - 4 - optionsStart >= 4, type == PcapngBlock.enhancedPacket {
                let options = unsafe UnsafeRawBufferPointer(
                    rebasing: block[optionsStart..<length - 4]
                )
                unsafe readOptions(options)
            }
            position += length
        }
    }

    /// Lends what is there of a packet that the file's end cuts, and answers the error for it.
    private mutating func lendCutBlock(
        of window: borrowing ReadWindow,
        _ body: (Frame, Span<UInt8>) -> Void
    ) -> CaptureError {
        let bytes = unsafe window.unread
        guard bytes.count >= 8 else {
            return window.damaged(
                .cutHeader(available: bytes.count, needed: 8),
                frame: framesRead + 1
            )
        }
        let error = window.damaged(
            .cutRecord(available: bytes.count, needed: needed),
            frame: framesRead + 1
        )
        let type = unsafe sections.byteOrder.uint32(bytes, at: 0)
        guard bytes.count >= PcapngBlock.leastLength(of: type) - 4 else { return error }
        do throws(FileDamage) {
            let packet = try unsafe PcapngPacket(
                decoding: bytes,
                at: 0,
                type: type,
                length: needed,
                sections.byteOrder,
                interfaces: sections.interfaces
            )
            let captured = packet.captured.clamped(to: 0..<bytes.count)
            if !captured.isEmpty { unsafe lend(packet, of: bytes, captured: captured, body) }
        } catch {
            return window.damaged(error, frame: framesRead + 1)
        }
        return error
    }

    private mutating func lend(
        _ packet: PcapngPacket,
        of block: UnsafeRawBufferPointer,
        captured: Range<Int>,
        _ body: (Frame, Span<UInt8>) -> Void
    ) {
        framesRead += 1
        let interface = sections.interfaces[packet.interface]
        if let time = packet.time {
            lastTime = interface.clock.timestamp(ofCount: time)
        } else {
            // A Simple Packet Block has no time; the frame before it is the nearest that is known.
            lastTime.digits = 0
        }
        let frame = Frame(
            number: framesRead,
            timestamp: lastTime,
            originalLength: packet.originalLength,
            linkType: interface.linkType,
            interface: packet.interface
        )
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: block[captured])
        unsafe body(frame, bytes.assumingMemoryBound(to: UInt8.self).span)
    }

    @inline(never)
    private mutating func readOptions(_ bytes: UnsafeRawBufferPointer) {
        let byteOrder = sections.byteOrder
        unsafe PcapngOption.forEach(in: bytes, byteOrder) { option in
            if option.code == PcapngOption.comment {
                description.addComment(option, frame: framesRead)
            } else if option.code == PcapngOption.droppedBefore, let count = option.count(byteOrder)
            {
                description.droppedBetweenFrames =
                    description.droppedBetweenFrames.addingClamped(count)
            }
        }
    }
}
