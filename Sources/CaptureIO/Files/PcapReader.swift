internal import Packets

/// Walks the records of a pcap file (draft-ietf-opsawg-pcap §5).
struct PcapReader {
    private(set) var framesRead = 0
    let header: PcapHeader
    /// Bytes that must be in memory before the next record can be lent.
    private var needed: Int
    /// The time of the latest record, in seconds since the epoch.
    private var lastSeconds: UInt32?

    init(header: PcapHeader) {
        self.header = header
        needed = header.recordHeaderLength
    }

    /// Lends the frames of the next window whose time is not above `limit`, up to the first whose
    /// time is.
    mutating func read(
        from window: inout ReadWindow,
        upTo limit: Int64,
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> LendingState {
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
        let headerLength = header.recordHeaderLength
        var position = 0
        needed = headerLength
        defer { window.consume(position) }
        while bytes.count - position >= headerLength {
            let record = unsafe PcapRecord(decoding: bytes, at: position, as: header)
            guard record.capturedLength <= header.capturedLengthLimit else {
                throw impossibleLength(of: record, in: window, at: position)
            }
            let length = headerLength + record.capturedLength
            guard bytes.count - position >= length else {
                needed = length
                break
            }
            let frame = frame(of: record)
            let time = frame.timestamp.nanoseconds
            guard time <= limit else { return .held(until: time) }
            framesRead += 1
            lastSeconds = record.seconds
            let captured = unsafe UnsafeRawBufferPointer(
                rebasing: bytes[position + headerLength..<position + length]
            )
            unsafe body(frame, captured.assumingMemoryBound(to: UInt8.self).span)
            position += length
        }
        return .lent
    }

    @inline(never)
    private func impossibleLength(
        of record: PcapRecord,
        in window: borrowing ReadWindow,
        at position: Int
    ) -> CaptureError {
        let damage = FileDamage.impossibleLength(
            claimed: record.capturedLength,
            limit: header.capturedLengthLimit
        )
        return window.damaged(damage, at: position, frame: framesRead + 1)
    }

    /// Looks for the record at which reading can go on behind damage, and moves the window there.
    ///
    /// - Returns: whether there is one.
    mutating func recover(in window: inout ReadWindow) throws(CaptureError) -> Bool {
        needed = header.recordHeaderLength
        let search = PcapRecordSearch(header: header, lastSeconds: lastSeconds)
        return try search.findRecord(in: &window, frame: framesRead + 1)
    }

    /// Lends what is there of a record that the file's end cuts, and throws the error for it.
    private mutating func lendCutRecord(
        of window: borrowing ReadWindow,
        upTo limit: Int64,
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> LendingState {
        let bytes = unsafe window.unread
        let headerLength = header.recordHeaderLength
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
            let record = unsafe PcapRecord(decoding: bytes, at: 0, as: header)
            let frame = frame(of: record)
            let time = frame.timestamp.nanoseconds
            guard time <= limit else { return .held(until: time) }
            framesRead += 1
            let captured = unsafe UnsafeRawBufferPointer(rebasing: bytes[headerLength...])
            unsafe body(frame, captured.assumingMemoryBound(to: UInt8.self).span)
        }
        throw error
    }

    /// The frame of the next record.
    private func frame(of record: PcapRecord) -> Frame {
        // Both factors have 32 bits and the sum fits whatever they are.
        let nanoseconds =
            Int64(record.seconds) &* 1_000_000_000
            &+ Int64(record.fraction) &* header.nanosecondsPerUnit
        return Frame(
            number: framesRead + 1,
            timestamp: Timestamp(nanoseconds: nanoseconds, digits: header.timestampDigits),
            originalLength: record.originalLength,
            linkType: header.linkType
        )
    }
}
