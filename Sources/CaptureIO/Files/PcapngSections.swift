internal import Packets

/// The sections of a pcapng file as far as they are read: byte order and declared interfaces, and
/// the blocks that are not packets.
struct PcapngSections {
    /// The most interfaces of a section: as many as the 16 bits of the obsolete packet block name.
    static let mostInterfaces = 65_536

    private(set) var byteOrder = ByteOrder.littleEndian
    private(set) var interfaces: [PcapngReader.DeclaredInterface] = []
    private var section = -1
    /// The time of the latest frame that has one.
    private var latest: Int64 = 0
    /// Where this section's interfaces begin among the file's described ones.
    private var firstDescribed = 0

    /// The time of a packet: one that cannot be said is none.
    @inline(__always)
    func time(of packet: PcapngPacket) -> Timestamp {
        guard let count = packet.time else { return .unknown(inOrder: latest) }
        let interface = interfaces[packet.interface]
        let stamp = interface.clock.timestamp(ofCount: count)
        if stamp.nanoseconds == .max, let time = interface.clock.nanoseconds(ofCount: count) {
            return time
        }
        guard count == 0 else { return stamp }
        let time = interface.times.reading(stamp)
        return time.isKnown ? time : .unknown(inOrder: latest)
    }

    /// Takes note of the time of the frame that is lent, and of what is wrong with it.
    @inline(__always)
    mutating func note(
        _ time: Timestamp,
        of packet: PcapngPacket,
        frame: Int,
        in faults: inout ClockFaults
    ) {
        interfaces[packet.interface].times.note(time, frame: frame, in: &faults)
        guard time.isKnown else { return }
        latest = time.nanoseconds
        if time.digits == 9, interfaces[packet.interface].clock.digits < 9 {
            faults.noteWrongUnit(inFrame: frame, areNanoseconds: true)
        }
    }

    /// Learns from a packet, the first ones in turn, what a time of 0 means.
    ///
    /// - Returns: whether its time tells.
    mutating func learnClock(from packet: PcapngPacket) -> Bool {
        guard let count = packet.time else { return false }
        let time = interfaces[packet.interface].clock.timestamp(ofCount: count)
        guard time.nanoseconds != 0 else { return false }
        for index in interfaces.indices {
            interfaces[index].times.learn(fromFirst: time.nanoseconds)
        }
        return true
    }

    /// What became of a block.
    enum BlockProgress {
        /// It is read, and the window stands behind it.
        case read
        /// So many bytes of it must be in memory first.
        case needs(Int)
        /// It need not be understood; the window must pass over so many bytes.
        case mustSkip(Int)
    }

    /// Reads the block that the window stands at, of which 8 bytes are in memory.
    ///
    /// - Parameters:
    ///   - window: stands at the block.
    ///   - frame: the number of the next frame, for errors.
    ///   - description: takes what the block says beside the frames.
    /// - Returns: whether it is read, and the window stands behind it.
    /// - Throws: what is wrong with the block.
    mutating func readBlock(
        from window: inout ReadWindow,
        frame: Int,
        describing description: inout CaptureDescription
    ) throws(CaptureError) -> BlockProgress {
        let type = unsafe byteOrder.uint32(window.unread, at: 0)
        let isSectionHeader = type == PcapngBlock.sectionHeader
        if isSectionHeader, window.available < 16 { return .needs(28) }
        let length: Int
        do throws(FileDamage) {
            if isSectionHeader { try unsafe setByteOrder(from: window.unread) }
            length = try unsafe Self.blockLength(of: window.unread, at: 0, type: type, byteOrder)
        } catch {
            throw window.damaged(error, frame: frame)
        }
        guard Self.isUnderstood(type) else { return .mustSkip(length) }
        guard window.available >= length else { return .needs(length) }
        do throws(FileDamage) {
            try unsafe Self.checkTrailer(of: window.unread, at: 0, length, byteOrder)
            let block = unsafe UnsafeRawBufferPointer(rebasing: window.unread[..<length])
            try unsafe read(block, type: type, describing: &description)
        } catch {
            throw window.damaged(error, frame: frame)
        }
        window.consume(length)
        return .read
    }

    /// The length of the block at `offset` in bytes, rounded up to a multiple of four as its
    /// padding is.
    ///
    /// - Throws: ``FileDamage/blockTooShort(type:length:needed:)``, or
    ///   ``FileDamage/impossibleLength(claimed:limit:)`` for a block that must be in memory.
    static func blockLength(
        of bytes: UnsafeRawBufferPointer,
        at offset: Int,
        type: UInt32,
        _ byteOrder: ByteOrder
    ) throws(FileDamage) -> Int {
        let length = unsafe Int(byteOrder.uint32(bytes, at: offset + 4))
        let needed = PcapngBlock.leastLength(of: type)
        guard length >= needed else {
            throw .blockTooShort(type: type, length: length, needed: needed)
        }
        // A type that nobody has assigned, with a length that no block of the kind has, is garbage
        // between blocks; what is assigned and need not be understood is passed over at any length.
        let isBounded = isKept(type) || !PcapngBlock.isAssigned(type)
        guard !isBounded || length <= PcapngBlock.greatestLength else {
            throw .impossibleLength(claimed: length, limit: PcapngBlock.greatestLength)
        }
        return (length + 3) & ~3
    }

    /// Compares the length at the block's end with the one at its start.
    static func checkTrailer(
        of bytes: UnsafeRawBufferPointer,
        at offset: Int,
        _ length: Int,
        _ byteOrder: ByteOrder
    ) throws(FileDamage) {
        let leading = unsafe byteOrder.uint32(bytes, at: offset + 4)
        let trailing = unsafe byteOrder.uint32(bytes, at: offset + length - 4)
        guard leading == trailing else {
            throw .lengthsDisagree(leading: Int(leading), trailing: Int(trailing))
        }
    }

    /// Whether a block of this type must be in memory as a whole.
    private static func isKept(_ type: UInt32) -> Bool {
        isUnderstood(type) || PcapngPacket.isPacket(type)
    }

    private static func isUnderstood(_ type: UInt32) -> Bool {
        type == PcapngBlock.sectionHeader || type == PcapngBlock.interfaceDescription
            || type == PcapngBlock.interfaceStatistics
    }

    private mutating func read(
        _ block: UnsafeRawBufferPointer,
        type: UInt32,
        describing description: inout CaptureDescription
    ) throws(FileDamage) {
        switch type {
        case PcapngBlock.sectionHeader:
            try unsafe beginSection(block, describing: &description)
        case PcapngBlock.interfaceDescription:
            try unsafe declareInterface(block, describing: &description)
        default: unsafe readStatistics(block, describing: &description)
        }
    }
}

// MARK: The blocks

extension PcapngSections {
    private mutating func setByteOrder(from bytes: UnsafeRawBufferPointer) throws(FileDamage) {
        let magic = unsafe ByteOrder.bigEndian.uint32(bytes, at: 8)
        guard let order = PcapngBlock.byteOrder(magic: magic) else {
            throw .unknownByteOrder(magic)
        }
        byteOrder = order
    }

    /// Reads a Section Header Block (draft-ietf-opsawg-pcapng §4.1).
    private mutating func beginSection(
        _ block: UnsafeRawBufferPointer,
        describing description: inout CaptureDescription
    ) throws(FileDamage) {
        let major = unsafe byteOrder.uint16(block, at: 12)
        guard major == 1 else {
            let minor = unsafe byteOrder.uint16(block, at: 14)
            throw .unsupportedVersion(major: Int(major), minor: Int(minor))
        }
        section += 1
        interfaces = []
        firstDescribed = description.interfaces.count
        let options = unsafe UnsafeRawBufferPointer(rebasing: block[24..<block.count - 4])
        unsafe PcapngOption.forEach(in: options, byteOrder) { option in
            switch option.code {
            case PcapngOption.comment: description.addComment(option, frame: nil)
            case PcapngOption.operatingSystem: description.operatingSystem = option.boundedText
            case PcapngOption.application: description.application = option.boundedText
            default: break
            }
        }
    }

    /// Reads an Interface Description Block (draft-ietf-opsawg-pcapng §4.2).
    private mutating func declareInterface(
        _ block: UnsafeRawBufferPointer,
        describing description: inout CaptureDescription
    ) throws(FileDamage) {
        guard interfaces.count < Self.mostInterfaces else {
            throw .tooManyInterfaces(limit: Self.mostInterfaces)
        }
        let byteOrder = byteOrder
        var resolution: UInt8 = 6
        var offsetSeconds: Int64 = 0
        var interface = CaptureDescription.Interface(
            section: section,
            index: interfaces.count,
            linkType: unsafe LinkType(rawValue: byteOrder.uint16(block, at: 8)),
            snapshotLength: unsafe Int(byteOrder.uint32(block, at: 12)),
            timestampDigits: 6
        )
        let options = unsafe UnsafeRawBufferPointer(rebasing: block[16..<block.count - 4])
        unsafe PcapngOption.forEach(in: options, byteOrder) { option in
            switch option.code {
            case PcapngOption.comment: description.addComment(option, frame: nil)
            case PcapngOption.interfaceName: interface.name = option.boundedText
            case PcapngOption.interfaceDescription: interface.label = option.boundedText
            case PcapngOption.interfaceFilter: interface.filter = option.filterText
            case PcapngOption.interfaceSystem: interface.operatingSystem = option.boundedText
            case PcapngOption.timestampResolution: resolution = unsafe option.value.first ?? 6
            case PcapngOption.timestampOffset:
                offsetSeconds = option.bits64(byteOrder).map(Int64.init(bitPattern:)) ?? 0
            default: break
            }
        }
        let clock = PcapngClock(resolution: resolution, offsetSeconds: offsetSeconds)
        interface.timestampDigits = clock.digits
        interfaces.append(
            PcapngReader.DeclaredInterface(
                linkType: interface.linkType,
                snapshotLength: interface.snapshotLength,
                clock: clock
            )
        )
        if description.interfaces.count < CaptureDescription.mostInterfaces {
            description.interfaces.append(interface)
        }
    }

    /// Reads an Interface Statistics Block (draft-ietf-opsawg-pcapng §4.6), whose counts are those
    /// since the capture's start: the last block holds.
    private func readStatistics(
        _ block: UnsafeRawBufferPointer,
        describing description: inout CaptureDescription
    ) {
        let index = unsafe Int(byteOrder.uint32(block, at: 8)) + firstDescribed
        guard index < description.interfaces.count else { return }
        var statistics = CaptureStatistics()
        let options = unsafe UnsafeRawBufferPointer(rebasing: block[20..<block.count - 4])
        unsafe PcapngOption.forEach(in: options, byteOrder) { option in
            guard let count = option.count(byteOrder) else { return }
            switch option.code {
            case PcapngOption.framesReceived: statistics.received = count
            case PcapngOption.droppedByInterface: statistics.droppedByInterface = count
            case PcapngOption.droppedByKernel: statistics.droppedByKernel = count
            default: break
            }
        }
        description.interfaces[index].statistics = statistics
    }
}
