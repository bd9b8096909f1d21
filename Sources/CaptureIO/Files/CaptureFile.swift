package import Packets

/// A capture file that is read from its start to its end: pcap (draft-ietf-opsawg-pcap) of every
/// magic number and byte order, pcapng (draft-ietf-opsawg-pcapng), Solaris's snoop (RFC 1761) or
/// Microsoft's Network Monitor, compressed or not, as its content says; or several of them joined
/// byte by byte.
///
/// Whatever the file's size, one window of 512 KiB is in memory; frames are lent where they lie in
/// it.
package struct CaptureFile: ~Copyable {
    private var window: ReadWindow
    // One of them is there as soon as the file's beginning is, as the content says. They are not
    // an enum's payloads because those cannot be changed in place, and a pcapng file may have many
    // interfaces to copy.
    private var pcap: RecordReader<PcapHeader>?
    private var pcapng: PcapngReader?
    private var snoop: RecordReader<SnoopHeader>?
    private var networkMonitor: RecordReader<NetworkMonitorHeader>?
    /// What the files say that were read to their end where several are joined.
    private var ended = CaptureDescription()
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
        let format = try CaptureFormat.read(from: &window, isFollowed: isFollowed)
        self.window = window
        self.isFollowed = isFollowed
        prepare(for: format)
    }

    /// The number of frames lent so far.
    package var framesRead: Int {
        pcap?.framesRead ?? pcapng?.framesRead ?? snoop?.framesRead ?? networkMonitor?.framesRead
            ?? 0
    }

    /// The bytes of the file, decompressed, that were read and understood so far, its headers
    /// included.
    package var bytesRead: Int { window.offset }

    /// What the part of the file that was read says beside its frames.
    package var description: CaptureDescription {
        guard !ended.joints.isEmpty else { return ownDescription }
        var description = ended
        description.add(ownDescription)
        return description
    }

    /// What the file says that is being read, where several are joined.
    private var ownDescription: CaptureDescription {
        pcap?.description ?? pcapng?.description ?? snoop?.description
            ?? networkMonitor?.description ?? CaptureDescription()
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
            if isAtNextFile { try beginNextFile() }
            guard state == .ended else { return state }
            if window.endCompression() {
                try beginNextFile()
                return .lent
            }
            if let cause = window.earlyEnd(frame: framesRead + 1) { throw cause }
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
        if try snoop?.recover(in: &window) == true { return window.offset }
        if try networkMonitor?.recover(in: &window) == true { return window.offset }
        return nil
    }

    /// Whether a followed file is written anew.
    var isTruncated: Bool { window.isTruncated }

    /// Whether the next frame is not in memory.
    var needsInput: Bool {
        window.needsInput(
            for: pcap?.needed ?? pcapng?.needed ?? snoop?.needed ?? networkMonitor?.needed ?? 1
        )
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
        if let state = try snoop?.read(from: &window, upTo: limit, body) { return state }
        if let state = try networkMonitor?.read(from: &window, upTo: limit, body) { return state }
        guard let format = try CaptureFormat.read(from: &window, isFollowed: isFollowed) else {
            return .ended
        }
        prepare(for: format)
        return .lent
    }
}

// MARK: Joined files

extension CaptureFile {
    /// Whether the window stands at the beginning of another file.
    private var isAtNextFile: Bool {
        pcap?.isAtNextFile ?? pcapng?.isAtNextFile ?? snoop?.isAtNextFile
            ?? networkMonitor?.isAtNextFile ?? false
    }

    /// Goes on with the file that begins where the window stands; its frames are numbered on.
    private mutating func beginNextFile() throws(CaptureError) {
        let framesRead = framesRead
        var description = description
        description.addJoint(at: window.offset)
        let format = try CaptureFormat.read(from: &window, isFollowed: isFollowed)
        ended = description
        pcap = nil
        pcapng = nil
        snoop = nil
        networkMonitor = nil
        prepare(for: format, behind: framesRead)
    }

    private mutating func prepare(for format: CaptureFormat?, behind framesRead: Int = 0) {
        switch format {
        case .pcap(let header): pcap = RecordReader(header, behind: framesRead)
        case .pcapng: pcapng = PcapngReader(behind: framesRead)
        case .snoop(let header): snoop = RecordReader(header, behind: framesRead)
        case .networkMonitor(let header):
            networkMonitor = RecordReader(header, behind: framesRead)
        case nil: break
        }
    }
}

extension RecordReader {
    /// What a file of records says of itself: one interface without a name.
    fileprivate var description: CaptureDescription {
        var description = CaptureDescription()
        description.interfaces = [
            CaptureDescription.Interface(
                linkType: format.linkType,
                snapshotLength: format.snapshotLength,
                timestampDigits: format.timestampDigits
            )
        ]
        description.clock = clockFaults
        return description
    }
}
