internal import Bytes
internal import Packets

/// Lays pcapng blocks one behind the other in memory, in little-endian order
/// (draft-ietf-opsawg-pcapng).
struct PcapngEncoder {
    private struct Interface {
        let source: Int
        let linkType: LinkType
        let isNanoseconds: Bool
    }

    private let sources: [CapturedInterface]
    /// How many frames of each were appended.
    private var delivered: [Int]
    private var interfaces: [Interface] = []
    private var lastInterface = 0
    private var lastTime = Timestamp(nanoseconds: 0)
    /// The blocks, each whole.
    private(set) var bytes: [UInt8] = []

    /// - Parameter sources: what the interfaces say of themselves, in the order of their frames'
    ///   indices; frames of others are taken for the first one's.
    init(_ sources: [CapturedInterface]) {
        self.sources = sources
        delivered = Array(repeating: 0, count: sources.count)
    }

    /// Forgets the blocks, which were written, and keeps what is declared.
    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Appends a Section Header Block (draft-ietf-opsawg-pcapng §4.1) of unknown section length.
    mutating func appendSectionHeader() {
        appendBlock(PcapngBlock.sectionHeader) { encoder in
            encoder.append(PcapngBlock.byteOrderMagic)
            encoder.append(UInt16(1))
            encoder.append(UInt16(0))
            encoder.append(UInt64.max)
            #if os(Linux)
                encoder.appendOption(PcapngOption.operatingSystem, Array("Linux".utf8))
            #else
                encoder.appendOption(PcapngOption.operatingSystem, Array("macOS".utf8))
            #endif
            encoder.appendOption(PcapngOption.application, Array("httptrace".utf8))
            encoder.appendEndOfOptions()
        }
    }

    /// Declares each interface as what it says of itself, so that their indices are those of their
    /// frames.
    mutating func appendInterfaces() {
        for (index, source) in sources.enumerated() {
            _ = interface(of: index, linkType: source.linkType, digits: source.timestampDigits)
        }
    }

    /// The index in the file of a source's interface for frames of this link type and resolution,
    /// which is declared at the first of them (draft-ietf-opsawg-pcapng §4.2).
    private mutating func interface(of source: Int, linkType: LinkType, digits: UInt8) -> Int {
        let isNanoseconds = digits > 6
        func isRight(_ interface: Interface) -> Bool {
            interface.source == source && interface.linkType == linkType
                && interface.isNanoseconds == isNanoseconds
        }
        if lastInterface < interfaces.count, isRight(interfaces[lastInterface]) {
            return lastInterface
        }
        if let index = interfaces.firstIndex(where: isRight) {
            lastInterface = index
            return index
        }
        interfaces.append(
            Interface(source: source, linkType: linkType, isNanoseconds: isNanoseconds)
        )
        let described = sources[source]
        appendBlock(PcapngBlock.interfaceDescription) { encoder in
            encoder.append(linkType.rawValue)
            encoder.append(UInt16(0))
            encoder.append(UInt32(clamping: described.snapshotLength))
            if let name = described.name {
                encoder.appendOption(PcapngOption.interfaceName, Array(name.utf8))
            }
            encoder.appendOption(PcapngOption.timestampResolution, [isNanoseconds ? 9 : 6])
            if let filter = described.filter {
                encoder.appendOption(PcapngOption.interfaceFilter, [0] + Array(filter.utf8))
            }
            encoder.appendEndOfOptions()
        }
        lastInterface = interfaces.count - 1
        return lastInterface
    }

    /// Appends an Enhanced Packet Block (draft-ietf-opsawg-pcapng §4.3).
    mutating func appendPacket(_ frame: Frame, _ captured: Span<UInt8>) {
        let source = sources.indices.contains(frame.interface) ? frame.interface : 0
        delivered[source] += 1
        let digits = frame.timestamp.digits
        let interface = interface(of: source, linkType: frame.linkType, digits: digits)
        lastTime = frame.timestamp
        appendBlock(PcapngBlock.enhancedPacket) { encoder in
            encoder.append(UInt32(clamping: interface))
            encoder.appendTime(of: interface)
            encoder.append(UInt32(clamping: captured.count))
            encoder.append(UInt32(clamping: frame.originalLength))
            encoder.bytes.append(copying: captured)
            encoder.pad(captured.count)
        }
    }

    /// Appends an Interface Statistics Block (draft-ietf-opsawg-pcapng §4.6) for each of the
    /// interfaces that were declared first, as of the last frame's time.
    mutating func appendStatistics(_ statistics: [CaptureStatistics]) {
        for (index, counts) in statistics.enumerated() { appendStatistics(counts, of: index) }
    }

    private mutating func appendStatistics(_ statistics: CaptureStatistics, of interface: Int) {
        appendBlock(PcapngBlock.interfaceStatistics) { encoder in
            encoder.append(UInt32(clamping: interface))
            encoder.appendTime(of: interface)
            let counts = [
                (PcapngOption.framesReceived, statistics.received),
                (PcapngOption.droppedByInterface, statistics.droppedByInterface),
                (PcapngOption.droppedByKernel, statistics.droppedByKernel),
                (PcapngOption.framesDelivered, encoder.delivered[interface]),
            ]
            for (code, count) in counts {
                encoder.append(code)
                encoder.append(UInt16(8))
                encoder.append(UInt64(clamping: count))
            }
            encoder.appendEndOfOptions()
        }
    }
}

// MARK: Lengths

extension PcapngEncoder {
    /// Bytes of the block of a frame of which `captured` bytes are kept.
    static func packetLength(_ captured: Int) -> Int { 32 + (captured + 3) & ~3 }

    /// Bytes of the blocks with the statistics.
    var statisticsLength: Int { sources.count * (24 + 4 * 12 + 4) }

    /// How many of the first `count` bytes the blocks fill that end there.
    static func wholeLength(in bytes: Span<UInt8>, before count: Int) -> Int {
        var end = 0
        while end + 8 <= bytes.count {
            let length = (0..<4).reduce(0) { $0 | Int(bytes[end + 4 + $1]) << (8 * $1) }
            guard end + length <= count else { break }
            end += length
        }
        return end
    }
}

// MARK: Parts of blocks

extension PcapngEncoder {
    private mutating func appendBlock(_ type: UInt32, _ body: (inout PcapngEncoder) -> Void) {
        let start = bytes.count
        append(type)
        append(UInt32(0))
        body(&self)
        let length = UInt32(clamping: bytes.count - start + 4)
        append(length)
        for index in 0..<4 {
            bytes[start + 4 + index] = UInt8(truncatingIfNeeded: length >> (8 * UInt32(index)))
        }
    }

    private mutating func append<Integer: FixedWidthInteger>(_ value: Integer) {
        unsafe withUnsafeBytes(of: value.littleEndian) { raw in
            unsafe bytes.append(contentsOf: raw)
        }
    }

    private mutating func appendTime(of interface: Int) {
        let nanoseconds = UInt64(clamping: lastTime.nanoseconds)
        let count = interfaces[interface].isNanoseconds ? nanoseconds : nanoseconds / 1000
        append(UInt32(truncatingIfNeeded: count >> 32))
        append(UInt32(truncatingIfNeeded: count))
    }

    private mutating func appendOption(_ code: UInt16, _ value: [UInt8]) {
        let kept = value.prefix(Int(UInt16.max))
        append(code)
        append(UInt16(kept.count))
        bytes.append(contentsOf: kept)
        pad(kept.count)
    }

    private mutating func appendEndOfOptions() { append(UInt32(0)) }

    private mutating func pad(_ length: Int) {
        for _ in 0..<(-length & 3) { bytes.append(0) }
    }
}
