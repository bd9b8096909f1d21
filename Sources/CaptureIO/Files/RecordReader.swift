internal import Packets

/// Walks the records of a pcap file (draft-ietf-opsawg-pcap §5), or of another kind of files that are
/// made of records one behind the other.
struct RecordReader<Format: RecordFormat> {
    private(set) var framesRead: Int
    let format: Format
    /// Frames of fewer bytes are looked at twice: read as a record, the headers of pcap and snoop
    /// files have as many.
    private static var shortFrame: Int { 4 }

    /// Whether the window stands at the beginning of another file, where a record is due.
    private(set) var isAtNextFile = false
    private var clock: RecordClock
    /// Whether the first records were looked at.
    private var isSurveyed = false
    /// How many records were read.
    private var recordsRead = 0
    /// Bytes that must be in memory before the next record can be lent.
    private(set) var needed: Int
    /// The time of the latest record, in seconds since the epoch.
    private var lastSeconds: Int64?

    /// A reader behind the file's header.
    ///
    /// - Parameters:
    ///   - format: how the records are laid out.
    ///   - framesRead: how many frames came before, in files in front of this one.
    init(_ format: Format, behind framesRead: Int) {
        self.format = format
        self.framesRead = framesRead
        needed = format.recordHeaderLength
        clock = RecordClock(
            nanosecondsPerUnit: format.nanosecondsPerUnit,
            digits: format.timestampDigits
        )
    }

    /// What is wrong with the times so far.
    var clockFaults: ClockFaults { clock.faults }

    /// Lends the frames of the next window whose time is not above `limit`, up to the first whose
    /// time is.
    mutating func read(
        from window: inout ReadWindow,
        upTo limit: Int64,
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> LendingState {
        if let count = format.recordCount, recordsRead >= count {
            // What follows the records are tables.
            _ = try window.skip(.max, for: framesRead + 1)
            return .ended
        }
        guard try window.fill(atLeast: needed, for: framesRead + 1) else {
            guard window.isAtEnd, window.available > 0 else { return .ended }
            return try lendCutRecord(of: window, upTo: limit, body)
        }
        return try lendRecords(of: &window, upTo: limit, body)
    }

    private mutating func lendRecords(
        of window: inout ReadWindow,
        upTo limit: Int64,
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> LendingState {
        let bytes = unsafe window.unread
        let headerLength = format.recordHeaderLength
        if !isSurveyed { unsafe survey(bytes) }
        var position = 0
        needed = headerLength
        defer { window.consume(position) }
        while bytes.count - position >= headerLength {
            var record = unsafe format.record(in: bytes, at: position)
            if record.capturedLength < Self.shortFrame || !record.isPossible(in: format) {
                guard try isRecord(record, of: window, at: position) else { break }
            }
            guard bytes.count - position >= record.length else {
                needed = record.length
                break
            }
            let whole = unsafe UnsafeRawBufferPointer(
                rebasing: bytes[position..<position + record.length]
            )
            unsafe format.complete(&record, in: whole)
            if let time = unsafe lend(record, whole, upTo: limit, body) {
                return .held(until: time)
            }
            position += record.length
            if let count = format.recordCount, recordsRead >= count { break }
        }
        return .lent
    }

    /// Lends one frame, unless it is later than `limit`: then its time is returned.
    @inline(__always)
    private mutating func lend(
        _ record: FileRecord,
        _ bytes: UnsafeRawBufferPointer,
        upTo limit: Int64,
        _ body: (Frame, Span<UInt8>) -> Void
    ) -> Int64? {
        let time = clock.time(of: record)
        guard time.nanoseconds <= limit else { return time.nanoseconds }
        recordsRead += 1
        guard record.isFrame else { return nil }
        framesRead += 1
        lastSeconds = record.seconds
        clock.note(time, of: record, frame: framesRead)
        let frame = Frame(
            number: framesRead,
            timestamp: time,
            originalLength: record.originalLength,
            linkType: record.linkType
        )
        let start = format.recordHeaderLength
        let end = min(start + record.capturedLength, bytes.count)
        let captured = unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        unsafe body(frame, captured.assumingMemoryBound(to: UInt8.self).span)
        return nil
    }

    @inline(never)
    private mutating func survey(_ bytes: UnsafeRawBufferPointer) {
        isSurveyed = true
        unsafe clock.survey(bytes, of: format)
    }

    /// Whether a record that looks odd is one all the same.
    ///
    /// - Returns: `false` where another file begins in its place.
    /// - Throws: the damage where it can be neither.
    @inline(never)
    private mutating func isRecord(
        _ record: FileRecord,
        of window: borrowing ReadWindow,
        at position: Int
    ) throws(CaptureError) -> Bool {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: window.unread[position...])
        if rest.count >= FileBeginning.length, unsafe FileBeginning.isHere(rest) {
            isAtNextFile = true
            return false
        }
        guard !record.isPossible(in: format) else { return true }
        let isTooLong = record.capturedLength > format.capturedLengthLimit
        let damage = FileDamage.impossibleLength(
            claimed: isTooLong ? record.capturedLength : record.length,
            limit: format.capturedLengthLimit
        )
        throw window.damaged(damage, at: position, frame: framesRead + 1)
    }

    /// Looks for the record at which reading can go on behind damage, and moves the window there.
    ///
    /// - Returns: whether there is one.
    mutating func recover(in window: inout ReadWindow) throws(CaptureError) -> Bool {
        needed = format.recordHeaderLength
        let search = RecordSearch(
            format: format,
            unitsInSecond: clock.unitsInSecond,
            lastSeconds: lastSeconds
        )
        return try search.findRecord(in: &window, frame: framesRead + 1)
    }

    /// Lends what is there of a record that the file's end cuts, and throws the error for it.
    private mutating func lendCutRecord(
        of window: borrowing ReadWindow,
        upTo limit: Int64,
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> LendingState {
        let bytes = unsafe window.unread
        let headerLength = format.recordHeaderLength
        guard bytes.count >= headerLength else {
            throw window.damaged(
                .cutHeader(available: bytes.count, needed: headerLength),
                frame: framesRead + 1
            )
        }
        let error = window.damaged(
            .cutRecord(available: bytes.count, needed: needed),
            frame: framesRead + 1
        )
        if bytes.count > headerLength {
            let record = unsafe format.record(in: bytes, at: 0)
            if let time = unsafe lend(record, bytes, upTo: limit, body) {
                return .held(until: time)
            }
        }
        throw error
    }
}
