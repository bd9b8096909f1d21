/// Finds the next record of a file behind damage.
///
/// A record has no mark of its own: a place is believed where a chain of headers begins that all
/// make sense, each where the one before it says. The header of another file is believed too.
struct RecordSearch<Format: RecordFormat> {
    /// How many headers in a row must make sense, as far as the file goes.
    private static var chainLength: Int { 3 }
    /// The same where their times are far from those before the damage.
    private static var longChainLength: Int { 6 }
    /// How far a record's time may lie from another's, in seconds.
    private static var timeRange: UInt64 { 86_400 }

    let format: Format
    /// How many units of a fraction make a second.
    let unitsInSecond: UInt32
    /// The time of the last record before the damage, in seconds since the epoch.
    let lastSeconds: Int64?

    /// Moves the window to the next record, or header of a file, behind the byte it stands at; to its
    /// end where there is none.
    func findRecord(in window: inout ReadWindow, frame: Int) throws(CaptureError) -> Bool {
        try window.search(atLeast: format.recordHeaderLength, for: frame) {
            (window, distance) throws(CaptureError) in
            try isChain(at: distance, in: &window, frame: frame)
        }
    }

    private func isChain(
        at distance: Int,
        in window: inout ReadWindow,
        frame: Int
    ) throws(CaptureError) -> Bool {
        var position = distance
        var chainLength = Self.chainLength
        var seconds = lastSeconds
        var link = 0
        while link < chainLength {
            let end = position + format.recordHeaderLength
            guard try window.fill(atLeast: end, for: frame) else {
                // The file ends behind a whole record.
                return link > 0 && position == window.available
            }
            let record = unsafe format.record(in: window.unread, at: position)
            guard isPlausible(record) else { return false }
            if let seconds, (record.seconds - seconds).magnitude > Self.timeRange {
                guard link == 0 else { return false }
                chainLength = Self.longChainLength
            }
            seconds = record.seconds
            position += record.length
            link += 1
        }
        return true
    }

    private func isPlausible(_ record: FileRecord) -> Bool {
        record.isPossible(in: format) && record.capturedLength > 0
            && record.originalLength >= record.capturedLength
            && record.originalLength <= PcapHeader.greatestLimit
            && record.fraction < unitsInSecond
    }
}
