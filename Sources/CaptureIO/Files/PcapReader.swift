internal import Packets

/// Walks the records of a pcap file (draft-ietf-opsawg-pcap §5).
struct PcapReader {
    private(set) var framesRead = 0
    let header: PcapHeader
    /// Bytes that must be in memory before the next record can be lent.
    private var needed: Int

    init(header: PcapHeader) {
        self.header = header
        needed = header.recordHeaderLength
    }

    /// Lends the frames of the next window.
    ///
    /// - Returns: `false` if there are no more.
    mutating func read(
        from window: inout ReadWindow,
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> Bool {
        guard try window.fill(atLeast: needed, for: framesRead + 1) else {
            guard window.available > 0 else { return false }
            throw lendCutRecord(of: window, body)
        }
        try lendRecords(of: &window, body)
        return true
    }

    private mutating func lendRecords(
        of window: inout ReadWindow,
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) {
        let bytes = unsafe window.unread
        let headerLength = header.recordHeaderLength
        let limit = header.capturedLengthLimit
        needed = headerLength
        var position = 0
        while bytes.count - position >= headerLength {
            let record = unsafe PcapRecord(decoding: bytes, at: position, as: header)
            guard record.capturedLength <= limit else {
                window.consume(position)
                throw window.damaged(
                    .impossibleLength(claimed: record.capturedLength, limit: limit),
                    frame: framesRead + 1
                )
            }
            let length = headerLength + record.capturedLength
            guard bytes.count - position >= length else {
                needed = length
                break
            }
            framesRead += 1
            let captured = unsafe UnsafeRawBufferPointer(
                rebasing: bytes[position + headerLength..<position + length]
            )
            unsafe body(
                frame(of: record),
                captured.assumingMemoryBound(to: UInt8.self).span
            )
            position += length
        }
        window.consume(position)
    }

    /// Lends what is there of a record that the file's end cuts, and answers the error for it.
    private mutating func lendCutRecord(
        of window: borrowing ReadWindow,
        _ body: (Frame, Span<UInt8>) -> Void
    ) -> CaptureError {
        let bytes = unsafe window.unread
        let headerLength = header.recordHeaderLength
        guard bytes.count >= headerLength else {
            return window.damaged(
                .cutHeader(available: bytes.count, needed: headerLength),
                frame: framesRead + 1
            )
        }
        let error = window.damaged(
            .cutRecord(available: bytes.count, needed: needed),
            frame: framesRead + 1
        )
        if bytes.count > headerLength {
            framesRead += 1
            let record = unsafe PcapRecord(decoding: bytes, at: 0, as: header)
            let captured = unsafe UnsafeRawBufferPointer(rebasing: bytes[headerLength...])
            unsafe body(
                frame(of: record),
                captured.assumingMemoryBound(to: UInt8.self).span
            )
        }
        return error
    }

    private func frame(of record: PcapRecord) -> Frame {
        // Both factors have 32 bits and the sum fits whatever they are.
        let nanoseconds =
            Int64(record.seconds) &* 1_000_000_000
            &+ Int64(record.fraction) &* header.nanosecondsPerUnit
        return Frame(
            number: framesRead,
            timestamp: Timestamp(nanoseconds: nanoseconds, digits: header.timestampDigits),
            originalLength: record.originalLength,
            linkType: header.linkType
        )
    }
}

/// The fields of a record header (draft-ietf-opsawg-pcap §5).
private struct PcapRecord {
    let seconds: UInt32
    let fraction: UInt32
    let capturedLength: Int
    let originalLength: Int

    init(decoding bytes: UnsafeRawBufferPointer, at offset: Int, as header: PcapHeader) {
        let byteOrder = header.byteOrder
        seconds = unsafe byteOrder.uint32(bytes, at: offset)
        fraction = unsafe byteOrder.uint32(bytes, at: offset + 4)
        let first = unsafe Int(byteOrder.uint32(bytes, at: offset + 8))
        let second = unsafe Int(byteOrder.uint32(bytes, at: offset + 12))
        switch header.lengthOrder {
        case .capturedFirst: (capturedLength, originalLength) = (first, second)
        case .originalFirst: (capturedLength, originalLength) = (second, first)
        case .smallerIsCaptured:
            (capturedLength, originalLength) = (min(first, second), max(first, second))
        }
    }
}
