internal import Bytes
internal import Packets

/// Lays pcapng blocks one behind the other in memory, in little-endian order
/// (draft-ietf-opsawg-pcapng).
struct PcapngEncoder {
    private struct Interface {
        let linkType: LinkType
        let isNanoseconds: Bool
    }

    private let source: CapturedInterface
    private var interfaces: [Interface] = []
    private var lastInterface = 0
    private var lastTime = Timestamp(nanoseconds: 0)
    /// The blocks, each whole.
    private(set) var bytes: [UInt8] = []

    /// - Parameter source: what each interface that is declared says of itself.
    init(_ source: CapturedInterface) { self.source = source }

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

    /// The index of the interface for frames of this link type and resolution, which is declared
    /// at the first of them (draft-ietf-opsawg-pcapng §4.2).
    mutating func interface(linkType: LinkType, digits: UInt8) -> Int {
        let isNanoseconds = digits > 6
        func isRight(_ interface: Interface) -> Bool {
            interface.linkType == linkType && interface.isNanoseconds == isNanoseconds
        }
        if lastInterface < interfaces.count, isRight(interfaces[lastInterface]) {
            return lastInterface
        }
        if let index = interfaces.firstIndex(where: isRight) {
            lastInterface = index
            return index
        }
        interfaces.append(Interface(linkType: linkType, isNanoseconds: isNanoseconds))
        appendBlock(PcapngBlock.interfaceDescription) { encoder in
            encoder.append(linkType.rawValue)
            encoder.append(UInt16(0))
            encoder.append(UInt32(clamping: encoder.source.snapshotLength))
            if let name = encoder.source.name {
                encoder.appendOption(PcapngOption.interfaceName, Array(name.utf8))
            }
            encoder.appendOption(PcapngOption.timestampResolution, [isNanoseconds ? 9 : 6])
            if let filter = encoder.source.filter {
                encoder.appendOption(PcapngOption.interfaceFilter, [0] + Array(filter.utf8))
            }
            encoder.appendEndOfOptions()
        }
        lastInterface = interfaces.count - 1
        return lastInterface
    }

    /// Appends an Enhanced Packet Block (draft-ietf-opsawg-pcapng §4.3).
    mutating func appendPacket(_ frame: Frame, _ captured: Span<UInt8>) {
        let interface = interface(linkType: frame.linkType, digits: frame.timestamp.digits)
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

    /// Appends an Interface Statistics Block (draft-ietf-opsawg-pcapng §4.6) for the interface that
    /// was declared first, as of the last frame's time.
    mutating func appendStatistics(_ statistics: CaptureStatistics, delivered: Int) {
        appendBlock(PcapngBlock.interfaceStatistics) { encoder in
            encoder.append(UInt32(0))
            encoder.appendTime(of: 0)
            let counts = [
                (PcapngOption.framesReceived, statistics.received),
                (PcapngOption.droppedByInterface, statistics.droppedByInterface),
                (PcapngOption.droppedByKernel, statistics.droppedByKernel),
                (PcapngOption.framesDelivered, delivered),
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

    /// Bytes of the block with the statistics.
    static let statisticsLength = 24 + 4 * 12 + 4

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
