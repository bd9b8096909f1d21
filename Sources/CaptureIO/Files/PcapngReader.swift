internal import Packets

/// Walks the blocks of a pcapng file (draft-ietf-opsawg-pcapng §3).
struct PcapngReader {
    /// What the packets of one interface of the current section need to be understood.
    struct DeclaredInterface {
        let linkType: LinkType
        let snapshotLength: Int
        let clock: PcapngClock
        /// Judges the times of its frames.
        var times = FrameClock()
    }

    private(set) var framesRead: Int
    private(set) var description = CaptureDescription()
    /// Whether the window stands at the beginning of a file of another format, where a block is due.
    private(set) var isAtNextFile = false
    private var sections = PcapngSections()
    /// Whether the first packets were looked at.
    private var isSurveyed = false
    /// Bytes that must be in memory before the next block can be looked at.
    private(set) var needed = 8
    /// How much was passed over of a block of so many bytes.
    private var skipped = 0
    private var skippedLength = 0

    /// - Parameter framesRead: how many frames came before, in files in front of this one.
    init(behind framesRead: Int) { self.framesRead = framesRead }

    /// Lends the frames of the next window whose time is not above `limit`, up to the first whose
    /// time is.
    mutating func read(
        from window: inout ReadWindow,
        upTo limit: Int64,
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> LendingState {
        guard try passOverRest(of: &window) else { return .ended }
        guard try window.fill(atLeast: needed, for: framesRead + 1) else {
            guard window.isAtEnd, window.available > 0 else { return .ended }
            return try lendCutBlock(of: window, upTo: limit, body)
        }
        needed = 8
        do throws(FileDamage) {
            if let time = try lendPackets(of: &window, upTo: limit, body) {
                return .held(until: time)
            }
        } catch {
            throw window.damaged(error, frame: framesRead + 1)
        }
        if needed == 8, window.available >= 8 { try readOtherBlock(from: &window) }
        return .lent
    }

    /// Looks for the block at which reading can go on behind damage, and moves the window there.
    ///
    /// - Returns: whether there is one.
    mutating func recover(in window: inout ReadWindow) throws(CaptureError) -> Bool {
        needed = 8
        let search = PcapngBlockSearch(byteOrder: sections.byteOrder)
        return try search.findBlock(in: &window, frame: framesRead + 1)
    }

    /// Reads a block that is not a packet, or notes what is missing of it.
    private mutating func readOtherBlock(from window: inout ReadWindow) throws(CaptureError) {
        if try isOtherFile(in: &window) {
            isAtNextFile = true
            return
        }
        let progress = try sections.readBlock(
            from: &window,
            frame: framesRead + 1,
            describing: &description
        )
        switch progress {
        case .read: break
        case .needs(let length): needed = length
        case .mustSkip(let length): (skipped, skippedLength) = (0, length)
        }
    }

    /// Whether the window stands at a file of another format, and not at a block of a type that
    /// nobody has assigned.
    private func isOtherFile(in window: inout ReadWindow) throws(CaptureError) -> Bool {
        let type = unsafe sections.byteOrder.uint32(window.unread, at: 0)
        guard !PcapngBlock.isAssigned(type),
            try window.fill(atLeast: FileBeginning.length, for: framesRead + 1)
        else { return false }
        return unsafe FileBeginning.isHere(window.unread)
    }

    /// Passes over what is left of a block that need not be understood and may be larger than
    /// memory.
    ///
    /// - Returns: `false` where a followed file has no more now.
    private mutating func passOverRest(of window: inout ReadWindow) throws(CaptureError) -> Bool {
        guard skipped < skippedLength else { return true }
        skipped += try window.skip(skippedLength - skipped, for: framesRead + 1)
        guard skipped < skippedLength else { return true }
        guard window.isAtEnd else { return false }
        throw window.damaged(
            .cutRecord(available: skipped, needed: skippedLength),
            at: -skipped,
            frame: framesRead + 1
        )
    }

    /// Lends the packets up to the window's end or the first block that is not a packet, where the
    /// window then stands.
    ///
    /// - Returns: the time of the packet it stands at because that is later than `limit`.
    private mutating func lendPackets(
        of window: inout ReadWindow,
        upTo limit: Int64,
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(FileDamage) -> Int64? {
        let bytes = unsafe window.unread
        let byteOrder = sections.byteOrder
        if !isSurveyed { unsafe survey(bytes) }
        var position = 0
        defer { window.consume(position) }
        while bytes.count - position >= 8 {
            let type = unsafe byteOrder.uint32(bytes, at: position)
            guard PcapngPacket.isPacket(type) else { break }
            let length = try unsafe PcapngSections.blockLength(
                of: bytes,
                at: position,
                type: type,
                byteOrder
            )
            guard bytes.count - position >= length else {
                needed = length
                break
            }
            let block = unsafe UnsafeRawBufferPointer(
                rebasing: bytes[position..<position + length]
            )
            if let time = try unsafe lendPacket(block, type: type, upTo: limit, body) {
                return time
            }
            position += length
        }
        return nil
    }

    /// Looks through the first packets, as far as they are in memory, for what a time of 0 means.
    @inline(never)
    private mutating func survey(_ bytes: UnsafeRawBufferPointer) {
        var position = 0
        while bytes.count - position >= PcapngBlock.leastLength(of: PcapngBlock.enhancedPacket) {
            let type = unsafe sections.byteOrder.uint32(bytes, at: position)
            guard PcapngPacket.isPacket(type) else { return }
            isSurveyed = true
            guard
                let length = try? unsafe PcapngSections.blockLength(
                    of: bytes,
                    at: position,
                    type: type,
                    sections.byteOrder
                ),
                let packet = try? unsafe PcapngPacket(
                    decoding: bytes,
                    at: position,
                    type: type,
                    length: length,
                    sections.byteOrder,
                    interfaces: sections.interfaces
                )
            else { return }
            if sections.learnClock(from: packet) { return }
            position += length
        }
    }

    /// Lends the packet of a whole block.
    ///
    /// - Returns: its time if that is later than `limit`; it is not lent then.
    @inline(__always)
    private mutating func lendPacket(
        _ block: UnsafeRawBufferPointer,
        type: UInt32,
        upTo limit: Int64,
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(FileDamage) -> Int64? {
        let length = block.count
        let packet = try unsafe PcapngPacket(
            decoding: block,
            at: 0,
            type: type,
            length: length,
            sections.byteOrder,
            interfaces: sections.interfaces
        )
        try unsafe PcapngSections.checkTrailer(of: block, at: 0, length, sections.byteOrder)
        if let time = unsafe lend(packet, of: block, captured: packet.captured, upTo: limit, body) {
            return time
        }
        let optionsStart = (packet.captured.upperBound + 3) & ~3
        if length - 4 - optionsStart >= 4, type == PcapngBlock.enhancedPacket {
            let options = unsafe UnsafeRawBufferPointer(rebasing: block[optionsStart..<length - 4])
            unsafe readOptions(options)
        }
        return nil
    }

    /// Lends what is there of a packet that the file's end cuts, and throws the error for it.
    private mutating func lendCutBlock(
        of window: borrowing ReadWindow,
        upTo limit: Int64,
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> LendingState {
        let bytes = unsafe window.unread
        let frame = framesRead + 1
        guard bytes.count >= 8 else {
            throw window.damaged(.cutHeader(available: bytes.count, needed: 8), frame: frame)
        }
        let error = window.damaged(
            .cutRecord(available: bytes.count, needed: needed),
            frame: frame
        )
        let type = unsafe sections.byteOrder.uint32(bytes, at: 0)
        guard PcapngPacket.isPacket(type),
            bytes.count >= PcapngBlock.leastLength(of: type) - 4
        else { throw error }
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
            if !captured.isEmpty,
                let time = unsafe lend(packet, of: bytes, captured: captured, upTo: limit, body)
            {
                return .held(until: time)
            }
        } catch {
            throw window.damaged(error, frame: frame)
        }
        throw error
    }

    /// Lends one frame, unless it is later than `limit`: then its time is returned.
    private mutating func lend(
        _ packet: PcapngPacket,
        of block: UnsafeRawBufferPointer,
        captured: Range<Int>,
        upTo limit: Int64,
        _ body: (Frame, Span<UInt8>) -> Void
    ) -> Int64? {
        let interface = sections.interfaces[packet.interface]
        let time = sections.time(of: packet)
        guard time.nanoseconds <= limit else { return time.nanoseconds }
        framesRead += 1
        sections.note(time, of: packet, frame: framesRead, in: &description.clock)
        let frame = Frame(
            number: framesRead,
            timestamp: time,
            originalLength: packet.originalLength,
            linkType: interface.linkType,
            interface: packet.interface
        )
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: block[captured])
        unsafe body(frame, bytes.assumingMemoryBound(to: UInt8.self).span)
        return nil
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
