internal import SystemPackage

/// The one piece of a file that is in memory: bytes are read behind what is unread, and the unread
/// tail is moved to the front before.
///
/// It is faster than a mapping, constant in memory whatever the file's size, and the same for files,
/// pipes and what is decompressed. It grows only for a record that is larger than the window, and only as that record's
/// bytes really arrive: a length that lies costs nothing.
@safe
struct ReadWindow: ~Copyable {
    /// The window's size in bytes as long as no record is larger.
    static let ordinaryCapacity = 512 << 10
    /// The bytes after which it is worth reading ahead.
    private static let longFile = 1 << 20

    /// The place of the first unread byte: in the file, or in what it decompresses to.
    private(set) var offset = 0
    /// Whether everything was read; while a followed file may grow, it is not.
    private(set) var isAtEnd = false

    private let file: InputFile
    private var decompressor: Decompressor?
    private var memory: WindowMemory
    private var start = 0
    private var end = 0

    /// Reads ahead, once that is worth it and where it can be.
    private var ahead: ReadAhead?
    private var runner: ReadAhead.Runner?
    /// What is given for the next piece that was read ahead.
    private var spare: ReadAhead.Piece?

    /// Opens the file at `path`; nothing is read yet.
    ///
    /// - Parameters:
    ///   - path: the file's name; `-` is standard input.
    ///   - isFollowed: whether more may come behind the file's present end.
    ///   - runner: who reads ahead; nobody where it is `nil`.
    /// - Throws: what keeps it from being opened.
    init(
        path: String,
        isFollowed: Bool = false,
        readingAhead runner: ReadAhead.Runner? = nil
    ) throws(CaptureError) {
        file = try InputFile(path: path, isFollowed: isFollowed)
        memory = WindowMemory(capacity: Self.ordinaryCapacity)
        self.runner = runner
    }

    /// The name of the file, for messages; `-` is standard input.
    var path: String { file.path }

    /// Whether opening the file once more begins anew.
    var canReopen: Bool { file.canReopen }

    /// The bytes that are in memory and not yet consumed; valid until the next mutation.
    var unread: UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: memory.base + start, count: end - start)
    }

    /// The number of unread bytes in memory.
    var available: Int { end - start }

    /// Passes over `count` bytes, which must be available.
    mutating func consume(_ count: Int) {
        start += count
        offset += count
    }

    /// Reads until at least `count` bytes are unread in memory, and not longer, so that a pipe's
    /// frames are seen when they come.
    ///
    /// - Parameters:
    ///   - count: how many bytes are needed.
    ///   - frame: the number of the frame that is read, for the error.
    /// - Returns: whether so many are there; if not, the file has ended, or has no more now:
    ///   ``isAtEnd``.
    /// - Throws: what the system says when it cannot read.
    mutating func fill(atLeast count: Int, for frame: Int) throws(CaptureError) -> Bool {
        while available < count {
            guard !isAtEnd else { return false }
            if ahead == nil { makeRoom(for: count) }
            guard try readMore(for: frame) else { return false }
        }
        return true
    }

    /// Passes over `count` bytes of which only some need be in memory.
    ///
    /// - Returns: how many were passed over; fewer than `count` where the file has ended.
    mutating func skip(_ count: Int, for frame: Int) throws(CaptureError) -> Int {
        var left = count
        while left > 0 {
            guard try fill(atLeast: 1, for: frame) else { break }
            let step = min(left, available)
            consume(step)
            left -= step
        }
        return count - left
    }

    /// Takes everything from the first unread byte on as compressed.
    mutating func decompress(_ compression: Compression) throws(CaptureError) {
        // Bytes that were read ahead, or decompressed, would have to be put back.
        guard ahead == nil, decompressor == nil else {
            throw damaged(.compressedFileInside(compression), frame: 1)
        }
        do throws(FileDamage) {
            decompressor = try unsafe Decompressor(compression, beginning: unread)
        } catch {
            throw damaged(error, frame: 1)
        }
        start = 0
        end = 0
        offset = 0
        isAtEnd = false
    }

    /// Goes on behind compressed data that is complete, where another capture file may begin there.
    ///
    /// - Returns: whether it does; it stands at the window's first byte then.
    mutating func endCompression() -> Bool {
        guard isAtEnd, available == 0, decompressor?.isBeforeOtherFile == true,
            let ended = decompressor.take()
        else { return false }
        let rest = unsafe ended.rest
        if memory.capacity < rest.count { grow(to: rest.count) }
        unsafe UnsafeMutableRawBufferPointer(start: memory.base, count: rest.count)
            .copyMemory(from: rest)
        (start, end) = (0, rest.count)
        offset = ended.offset
        isAtEnd = false
        return true
    }

    /// Whether a followed file is written anew.
    var isTruncated: Bool { file.isTruncated }

    /// Whether the next `count` bytes have to be waited for if the file gives none at once; what is
    /// decompressed may come without.
    func needsInput(for count: Int) -> Bool {
        available < count && decompressor == nil && !isAtEnd
    }

    /// Waits until a followed file may have grown.
    func waitForMore(milliseconds: Int) { file.wait(milliseconds: milliseconds) }

    /// The error for compressed data that ended before its time; `nil` where it did not.
    func earlyEnd(frame: Int) -> CaptureError? {
        switch decompressor {
        case .none: return nil
        case .some(let decompressor):
            guard let (offset, damage) = decompressor.damage else { return nil }
            return .damaged(path: path, offset: offset, frame: frame, damage: damage)
        }
    }

    /// The error for damage at the first unread byte plus `distance`.
    func damaged(_ damage: FileDamage, at distance: Int = 0, frame: Int) -> CaptureError {
        if damage.isCut, let cause = earlyEnd(frame: frame) { return cause }
        return .damaged(
            path: path,
            offset: offset + distance,
            isDecompressed: decompressor != nil,
            frame: frame,
            damage: damage
        )
    }

    private mutating func readMore(for frame: Int) throws(CaptureError) -> Bool {
        do throws(Errno) {
            if let ahead {
                try takePiece(from: ahead)
                return true
            }
            let room = unsafe UnsafeMutableRawBufferPointer(
                start: memory.base + end,
                count: memory.capacity - end
            )
            let count =
                decompressor == nil
                ? try unsafe file.read(into: room)
                : try unsafe decompressor?.read(from: file, into: room)
            guard let count else { return false }
            end += count
            isAtEnd = count == 0
            if offset > Self.longFile { beginReadingAhead() }
            return true
        } catch {
            throw readError(error, frame: frame)
        }
    }

    private mutating func beginReadingAhead() {
        guard let runner, decompressor == nil else { return }
        ahead = file.readAhead(runner)
        if ahead != nil { spare = ReadAhead.Piece() }
        self.runner = nil
    }

    /// Goes on with the next piece, what is unread moved in front of it: that is less than copying
    /// the piece behind what is unread, unless a record is very large.
    private mutating func takePiece(from ahead: ReadAhead) throws(Errno) {
        guard var piece = spare.take() else { return }
        ahead.next(&piece)
        let error = piece.error
        isAtEnd = error == nil && piece.count == 0
        if error == nil { goOn(with: &piece) }
        spare = consume piece
        if let error { throw error }
    }

    private mutating func goOn(with piece: inout ReadAhead.Piece) {
        let (unread, headroom) = (available, ReadAhead.Piece.headroom)
        if unread <= headroom {
            unsafe (piece.memory.base + headroom - unread)
                .copyMemory(from: memory.base + start, byteCount: unread)
            swap(&memory, &piece.memory)
            start = headroom - unread
            end = headroom + piece.count
        } else {
            if memory.capacity - end < piece.count {
                grow(to: max(memory.capacity * 2, unread + piece.count))
            }
            unsafe (memory.base + end)
                .copyMemory(from: piece.memory.base + headroom, byteCount: piece.count)
            end += piece.count
        }
    }

    private mutating func makeRoom(for count: Int) {
        if available == memory.capacity {
            grow(to: min(memory.capacity * 2, max(count, Self.ordinaryCapacity)))
        } else if start > 0 {
            unsafe memory.base.copyMemory(from: memory.base + start, byteCount: available)
            end = available
            start = 0
        }
    }

    private mutating func grow(to capacity: Int) {
        let larger = WindowMemory(capacity: capacity)
        unsafe larger.base.copyMemory(from: memory.base + start, byteCount: available)
        memory = larger
        end = available
        start = 0
    }

    private func readError(_ error: Errno, frame: Int) -> CaptureError {
        if error == .isDirectory { return .isDirectory(path: path) }
        let place =
            switch decompressor {
            case .none: offset + available
            case .some(let decompressor): decompressor.offset
            }
        return .cannotRead(
            path: path,
            offset: place,
            frame: frame,
            reason: error.description
        )
    }
}
