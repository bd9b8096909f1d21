internal import Bytes
internal import Packets

/// The header of a file of Microsoft's Network Monitor, 1.x or 2.x, and what it says about the
/// records.
///
/// Records are taken in the order in which they lie in the file, as the program writes them; the table
/// of their places at its end is not looked at, so that a pipe can be read too.
struct NetworkMonitorHeader: RecordFormat {
    /// The header's length in bytes.
    static let length = 128
    /// `RTSS` of version 1, and `GMBU` of version 2.
    static let magic1: UInt32 = 0x5254_5353
    static let magic2: UInt32 = 0x474D_4255

    let recordHeaderLength: Int
    let capturedLengthLimit = PcapHeader.ordinaryLimit
    let snapshotLength = 0
    let nanosecondsPerUnit: Int64 = 1
    let timestampDigits: UInt8
    let linkType: LinkType
    let recordCount: Int?
    /// When the capture began, in nanoseconds since the epoch, by a clock whose time zone is not told.
    private let start: Int64
    /// Bytes behind the captured ones.
    private let trailerLength: Int

    /// Whether a file begins with these bytes, of which there are six at least.
    static func isMagic(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let magic = unsafe ByteOrder.bigEndian.uint32(bytes, at: 0)
        return unsafe magic == magic1 && bytes[5] == 1 || magic == magic2 && bytes[5] == 2
    }

    /// Decodes the 128 bytes that a file begins with.
    ///
    /// - Returns: `nil` if they begin otherwise.
    init?(decoding bytes: UnsafeRawBufferPointer) {
        guard unsafe Self.isMagic(bytes) else { return nil }
        let order = ByteOrder.littleEndian
        let (minor, major) = unsafe (bytes[4], bytes[5])
        recordHeaderLength = major == 1 ? 8 : 16
        switch (major, minor) {
        case (1, _): (trailerLength, timestampDigits) = (0, 3)
        case (_, 0): (trailerLength, timestampDigits) = (0, 6)
        case (_, 1): (trailerLength, timestampDigits) = (2, 6)
        case (_, 2): (trailerLength, timestampDigits) = (6, 6)
        default: (trailerLength, timestampDigits) = (15, 7)
        }
        linkType = unsafe Self.linkType(of: order.uint16(bytes, at: 6))
        let count = unsafe Int(order.uint32(bytes, at: 28)) / 4
        recordCount = count == 0 ? nil : count
        start = unsafe Self.time(of: bytes, at: 8)
    }

    func record(in bytes: UnsafeRawBufferPointer, at offset: Int) -> FileRecord {
        let order = ByteOrder.littleEndian
        let (captured, original, elapsed): (Int, Int, Int64)
        if recordHeaderLength == 8 {
            elapsed = unsafe Int64(order.uint32(bytes, at: offset)) * 1_000_000
            original = unsafe Int(order.uint16(bytes, at: offset + 4))
            captured = unsafe Int(order.uint16(bytes, at: offset + 6))
        } else {
            // Frames may lie before the start: multiplied by ten, it is a signed number.
            elapsed = unsafe Int64(bitPattern: order.uint64(bytes, at: offset)) &* 10 &* 100
            original = unsafe Int(order.uint32(bytes, at: offset + 8))
            captured = unsafe Int(order.uint32(bytes, at: offset + 12))
        }
        var record = FileRecord(
            seconds: 0,
            fraction: 0,
            capturedLength: captured,
            originalLength: original,
            length: recordHeaderLength + captured + trailerLength,
            linkType: linkType
        )
        record.setTime(start &+ elapsed)
        return record
    }

    /// Reads the trailer: the frame's own link type from version 2.1 on, and from 2.3 on its time.
    func complete(_ record: inout FileRecord, in bytes: UnsafeRawBufferPointer) {
        guard trailerLength >= 2 else { return }
        let order = ByteOrder.littleEndian
        let trailer = record.length - trailerLength
        let type = unsafe order.uint16(bytes, at: trailer)
        record.linkType = Self.linkType(of: type)
        record.isFrame = !(0xFFFC...0xFFFE ~= type)
        guard trailerLength >= 15 else { return }
        let ticks = unsafe Int64(bitPattern: order.uint64(bytes, at: trailer + 6))
        record.setTime((ticks &- Self.ticksBeforeEpoch) &* 100)
    }

    /// From 1601 to 1970, in the 100 nanoseconds that Windows counts.
    private static let ticksBeforeEpoch: Int64 = 116_444_736_000_000_000

    /// The time of eight 16-bit numbers: year, month, day of the week, day, hour, minute, second and
    /// millisecond.
    private static func time(of bytes: UnsafeRawBufferPointer, at offset: Int) -> Int64 {
        func number(_ index: Int) -> Int {
            unsafe Int(ByteOrder.littleEndian.uint16(bytes, at: offset + 2 * index))
        }
        guard 1...12 ~= number(1), 1970...2200 ~= number(0) else { return 0 }
        let days = CivilDate.daysSinceEpoch(year: number(0), month: number(1), day: number(3))
        let minutes = (days * 24 + number(4)) * 60 + number(5)
        return Int64(minutes * 60_000 + number(6) * 1000 + number(7)) &* 1_000_000
    }

    /// The link type of a number of Network Monitor's.
    private static func linkType(of type: UInt16) -> LinkType {
        switch type {
        // Some captures of version 3.4 have 0 for Ethernet.
        case 0, 1: .ethernet
        case 2: .tokenRing
        case 3: .fddi
        case 7, 8, 9: .raw
        // 0xE080 and above are messages of another program of Microsoft's.
        case 0xE000..<0xE080, 0xE08B..<0xF000: LinkType(rawValue: type & 0x0FFF)
        default: LinkType(rawValue: 0xFF00 | type)
        }
    }
}

extension FileRecord {
    /// Splits a time in nanoseconds.
    fileprivate mutating func setTime(_ nanoseconds: Int64) {
        let (quotient, remainder) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        seconds = remainder < 0 ? quotient - 1 : quotient
        fraction = UInt32(remainder < 0 ? remainder + 1_000_000_000 : remainder)
    }
}
