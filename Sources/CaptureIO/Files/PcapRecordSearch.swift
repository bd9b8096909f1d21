/// Finds the next record of a pcap file behind damage.
///
/// A record has no mark of its own: a place is believed where a chain of headers begins that all
/// make sense, each where the one before it says.
struct PcapRecordSearch {
    /// How many headers in a row must make sense, as far as the file goes.
    private static let chainLength = 3
    /// How far a record's time may lie from the last one's, in seconds.
    private static let timeRange: Int64 = 86_400
    /// How many bytes are looked through between two moves of the window.
    private static let stride = 65_536

    let header: PcapHeader
    /// The time of the last record before the damage, in seconds since the epoch.
    let lastSeconds: UInt32?

    /// Moves the window to the next record behind the byte it stands at; to its end where there is
    /// none.
    func findRecord(in window: inout ReadWindow, frame: Int) throws(CaptureError) -> Bool {
        var distance = 1
        while try window.fill(atLeast: distance + header.recordHeaderLength, for: frame) {
            if try isChain(at: distance, in: &window, frame: frame) {
                window.consume(distance)
                return true
            }
            distance += 1
            if distance > Self.stride {
                window.consume(distance - 1)
                distance = 1
            }
        }
        window.consume(window.available)
        return false
    }

    private func isChain(
        at distance: Int,
        in window: inout ReadWindow,
        frame: Int
    ) throws(CaptureError) -> Bool {
        var position = distance
        for link in 0..<Self.chainLength {
            let end = position + header.recordHeaderLength
            guard try window.fill(atLeast: end, for: frame) else {
                // The file ends behind a whole record.
                return link > 0 && position == window.available
            }
            let record = unsafe PcapRecord(decoding: window.unread, at: position, as: header)
            guard isPlausible(record) else { return false }
            position = end + record.capturedLength
        }
        return true
    }

    private func isPlausible(_ record: PcapRecord) -> Bool {
        let unitsOfASecond = 1_000_000_000 / header.nanosecondsPerUnit
        guard record.capturedLength > 0, record.capturedLength <= header.capturedLengthLimit,
            record.originalLength >= record.capturedLength,
            record.originalLength <= PcapHeader.greatestLimit,
            record.fraction < unitsOfASecond
        else { return false }
        guard let lastSeconds else { return true }
        return (Int64(record.seconds) - Int64(lastSeconds)).magnitude <= Self.timeRange
    }
}
