/// The layout of a capture file, as its first bytes say.
enum CaptureFormat {
    case pcap(PcapHeader)
    case pcapng
    case snoop(SnoopHeader)
    case networkMonitor(NetworkMonitorHeader)
}

extension CaptureFormat {
    /// Reads a file's header, and begins to decompress where it has to be.
    ///
    /// - Returns: `nil` where a followed file has no whole header yet.
    /// - Throws: where that says that it is no capture file, or none that can be read.
    static func read(
        from window: inout ReadWindow,
        isFollowed: Bool
    ) throws(CaptureError) -> CaptureFormat? {
        guard var magic = try magic(of: &window) else { return nil }
        let compression = Compression(magic: magic)
        let outer = compression?.rawValue
        if let compression {
            guard !isFollowed else { throw .cannotFollow(path: window.path, compression) }
            try window.decompress(compression)
            guard let decompressed = try Self.magic(of: &window) else { return nil }
            magic = decompressed
        }
        switch magic {
        case PcapngBlock.sectionHeader: return .pcapng
        case SnoopHeader.magic: return try snoopHeader(of: &window).map(CaptureFormat.snoop)
        case NetworkMonitorHeader.magic1, NetworkMonitorHeader.magic2:
            return try networkMonitorHeader(of: &window).map(CaptureFormat.networkMonitor)
        case _ where PcapHeader.isMagic(magic):
            return try pcapHeader(of: &window).map(CaptureFormat.pcap)
        default: throw try notRead(window: &window, magic: magic, outer: outer)
        }
    }

    /// What to say of a file that begins with none of the magic numbers.
    private static func notRead(
        window: inout ReadWindow,
        magic: UInt32,
        outer: String?
    ) throws(CaptureError) -> CaptureError {
        let program =
            Compression.programNotRead(magic: magic) ?? Compression(magic: magic)?.rawValue
        // What is compressed twice can be read once the outer layer is off.
        if let program { return .compressed(path: window.path, program: outer ?? program) }
        _ = try window.fill(atLeast: ForeignFormat.length, for: 1)
        return unknownFormat(of: window)
    }

    /// The first four bytes; `nil` where a followed file has fewer yet.
    private static func magic(of window: inout ReadWindow) throws(CaptureError) -> UInt32? {
        guard try window.fill(atLeast: 4, for: 1) else {
            guard window.isAtEnd else { return nil }
            if let cause = window.earlyEnd(frame: 1) { throw cause }
            throw window.available == 0 ? .empty(path: window.path) : unknownFormat(of: window)
        }
        return unsafe ByteOrder.bigEndian.uint32(window.unread, at: 0)
    }

    private static func pcapHeader(of window: inout ReadWindow) throws(CaptureError) -> PcapHeader?
    {
        try unsafe header(of: &window, length: PcapHeader.length) {
            bytes throws(FileDamage) in try unsafe PcapHeader(decoding: bytes)
        }
    }

    private static func snoopHeader(
        of window: inout ReadWindow
    ) throws(CaptureError) -> SnoopHeader? {
        try unsafe header(of: &window, length: SnoopHeader.length) {
            bytes throws(FileDamage) in try unsafe SnoopHeader(decoding: bytes)
        }
    }

    private static func networkMonitorHeader(
        of window: inout ReadWindow
    ) throws(CaptureError) -> NetworkMonitorHeader? {
        try unsafe header(of: &window, length: NetworkMonitorHeader.length) {
            bytes throws(FileDamage) in unsafe NetworkMonitorHeader(decoding: bytes)
        }
    }

    /// The header that `decode` makes of the first `length` bytes; `nil` where a followed file has
    /// not all of it yet.
    private static func header<Header>(
        of window: inout ReadWindow,
        length: Int,
        _ decode: (UnsafeRawBufferPointer) throws(FileDamage) -> Header?
    ) throws(CaptureError) -> Header? {
        guard try window.fill(atLeast: length, for: 1) else {
            guard window.isAtEnd else { return nil }
            let damage = FileDamage.cutFileHeader(available: window.available, needed: length)
            throw window.damaged(damage, frame: 1)
        }
        let header: Header?
        do throws(FileDamage) {
            header = try unsafe decode(window.unread)
        } catch {
            throw window.damaged(error, frame: 1)
        }
        guard let header else { throw unknownFormat(of: window) }
        window.consume(length)
        return header
    }

    private static func unknownFormat(of window: borrowing ReadWindow) -> CaptureError {
        if let format = unsafe ForeignFormat(beginning: window.unread) {
            return .foreignFormat(path: window.path, format)
        }
        return .unknownFormat(
            path: window.path,
            beginning: unsafe [UInt8](window.unread.prefix(16))
        )
    }
}
