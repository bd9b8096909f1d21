package import Packets

/// A capture file that is read from its start to its end: pcap (draft-ietf-opsawg-pcap) of every
/// magic number and byte order, or pcapng (draft-ietf-opsawg-pcapng), compressed or not, as its
/// content says.
///
/// Whatever the file's size, one window of 256 KiB is in memory; frames are lent where they lie in
/// it.
package struct CaptureFile: ~Copyable {
    private var window: ReadWindow
    // One of the two is there as soon as the file's beginning is, as the content says. They are not
    // an enum's payloads because those cannot be changed in place, and a pcapng file may have many
    // interfaces to copy.
    private var pcap: PcapReader?
    private var pcapng: PcapngReader?
    private var hasFailed = false
    private var recoveries = 0
    private let isFollowed: Bool

    /// Opens the file at `path` and reads its header; `-` is standard input.
    ///
    /// - Parameters:
    ///   - path: the file's name.
    ///   - isFollowed: whether it is still being written. Then its present end is not the end, and
    ///     a header or record that is cut there is not complete yet.
    /// - Throws: what keeps the file from being opened, or what shows that it is not a capture.
    package init(path: String, isFollowed: Bool = false) throws(CaptureError) {
        try self.init(path: path, isFollowed: isFollowed, readingAhead: nil)
    }

    /// Does the same; `runner` reads ahead where the file is long and not compressed.
    init(
        path: String,
        isFollowed: Bool,
        readingAhead runner: ReadAhead.Runner?
    ) throws(CaptureError) {
        var window = try ReadWindow(
            path: path,
            isFollowed: isFollowed,
            readingAhead: runner
        )
        let format = try Self.format(of: &window, isFollowed: isFollowed)
        self.window = window
        self.isFollowed = isFollowed
        prepare(for: format)
    }

    /// The number of frames lent so far.
    package var framesRead: Int {
        pcap?.framesRead ?? pcapng?.framesRead ?? 0
    }

    /// The bytes of the file, decompressed, that were read and understood so far, its headers
    /// included.
    package var bytesRead: Int { window.offset }

    /// What the part of the file that was read says beside its frames.
    package var description: CaptureDescription {
        pcap?.header.description ?? pcapng?.description ?? CaptureDescription()
    }

    /// Whether everything was read; a followed file may always grow, a pipe until it is closed.
    package var isAtEnd: Bool { hasFailed || window.isAtEnd && window.available == 0 }

    /// Whether opening the file once more begins anew.
    var canReopen: Bool { window.canReopen }

    /// Lends every frame of the next window to `body`, in the order of the file.
    ///
    /// The bytes are the captured ones and are gone when `body` returns. Of a file that is damaged
    /// each frame before is lent, and so is what is there of a last frame that the file's end cuts;
    /// then the error is thrown, once for each damaged place. Where ``isAtEnd`` is `false` then,
    /// a place was found to go on from.
    ///
    /// - Returns: `false` at the end of the file; `true` says only that there may be more.
    package mutating func read(
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> Bool {
        try read(upTo: .max, body) != .ended
    }

    /// Does the same, and stops at the first frame whose time, in nanoseconds since the epoch, is
    /// above `limit`.
    package mutating func read(
        upTo limit: Int64,
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> LendingState {
        guard !hasFailed else { return .ended }
        do throws(CaptureError) {
            let state = try lend(upTo: limit, body)
            if state == .ended, let cause = window.earlyEnd(frame: framesRead + 1) { throw cause }
            return state
        } catch {
            hasFailed = true
            guard let place = try placeToGoOn(behind: error) else { throw error }
            hasFailed = false
            throw error.goingOn(at: place)
        }
    }

    /// The most damaged places that are passed over; in a file with more, nothing can be trusted.
    private static let mostRecoveries = 64

    /// Looks for what can be read behind damage; answers its offset.
    private mutating func placeToGoOn(behind error: CaptureError) throws(CaptureError) -> Int? {
        guard error.isDamageInside, !isFollowed, recoveries < Self.mostRecoveries else {
            return nil
        }
        recoveries += 1
        if try pcap?.recover(in: &window) == true { return window.offset }
        if try pcapng?.recover(in: &window) == true { return window.offset }
        return nil
    }

    /// Waits until a followed file may have grown.
    package func waitForMore(milliseconds: Int) {
        window.waitForMore(milliseconds: milliseconds)
    }

    private mutating func lend(
        upTo limit: Int64,
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> LendingState {
        if let state = try pcap?.read(from: &window, upTo: limit, body) { return state }
        if let state = try pcapng?.read(from: &window, upTo: limit, body) { return state }
        guard let format = try Self.format(of: &window, isFollowed: isFollowed) else {
            return .ended
        }
        prepare(for: format)
        return .lent
    }
}

// MARK: Formats

extension CaptureFile {
    private enum Format {
        case pcap(PcapHeader), pcapng
    }

    private mutating func prepare(for format: Format?) {
        switch format {
        case .pcap(let header): pcap = PcapReader(header: header)
        case .pcapng: pcapng = PcapngReader()
        case nil: break
        }
    }

    /// Reads the file's header, and begins to decompress where it has to be.
    ///
    /// - Returns: `nil` where a followed file has no whole header yet.
    private static func format(
        of window: inout ReadWindow,
        isFollowed: Bool
    ) throws(CaptureError) -> Format? {
        guard var magic = try magic(of: &window) else { return nil }
        let compression = Compression(magic: magic)
        let outer = compression?.rawValue
        if let compression {
            guard !isFollowed else { throw .cannotFollow(path: window.path, compression) }
            try window.decompress(compression)
            guard let decompressed = try Self.magic(of: &window) else { return nil }
            magic = decompressed
        }
        if magic == PcapngBlock.sectionHeader { return .pcapng }
        guard PcapHeader.isMagic(magic) else {
            let program =
                Compression.programNotRead(magic: magic) ?? Compression(magic: magic)?.rawValue
            // What is compressed twice can be read once the outer layer is off.
            if let program { throw .compressed(path: window.path, program: outer ?? program) }
            _ = try window.fill(atLeast: 16, for: 1)
            throw unknownFormat(of: window)
        }
        return try pcapHeader(of: &window).map(Format.pcap)
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

    /// The header of a pcap file; `nil` where a followed file has not all of it yet.
    private static func pcapHeader(
        of window: inout ReadWindow
    ) throws(CaptureError) -> PcapHeader? {
        guard try window.fill(atLeast: PcapHeader.length, for: 1) else {
            guard window.isAtEnd else { return nil }
            let damage = FileDamage.cutFileHeader(
                available: window.available,
                needed: PcapHeader.length
            )
            throw window.damaged(damage, frame: 1)
        }
        let header: PcapHeader?
        do throws(FileDamage) {
            header = try unsafe PcapHeader(decoding: window.unread)
        } catch {
            throw window.damaged(error, frame: 1)
        }
        guard let header else { throw unknownFormat(of: window) }
        window.consume(PcapHeader.length)
        return header
    }

    private static func unknownFormat(of window: borrowing ReadWindow) -> CaptureError {
        .unknownFormat(
            path: window.path,
            beginning: unsafe [UInt8](window.unread.prefix(16))
        )
    }
}

extension PcapHeader {
    /// What a pcap file says of itself: one interface without a name.
    fileprivate var description: CaptureDescription {
        var description = CaptureDescription()
        description.interfaces = [
            CaptureDescription.Interface(
                linkType: linkType,
                snapshotLength: snapshotLength,
                timestampDigits: timestampDigits
            )
        ]
        return description
    }
}
