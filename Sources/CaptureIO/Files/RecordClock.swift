internal import Packets

/// The times of the records of a file, whose fractions of a second may be in another unit than the
/// file says: programs write nanoseconds under the magic number of microseconds.
struct RecordClock {
    /// How many records at the beginning are looked at before the first is read.
    private static let surveyed = 1024

    private(set) var faults = ClockFaults()
    private var clock = FrameClock()
    private var nanosecondsPerUnit: Int64
    private var digits: UInt8
    /// How many units of a fraction make a second.
    private(set) var unitsInSecond: UInt32
    /// Whether fractions are nanoseconds although the file says otherwise.
    private var areNanoseconds = false

    init(nanosecondsPerUnit: Int64, digits: UInt8) {
        self.nanosecondsPerUnit = nanosecondsPerUnit
        self.digits = digits
        unitsInSecond = UInt32(clamping: 1_000_000_000 / nanosecondsPerUnit)
    }

    /// Looks through the first records, as far as they are in memory, for what the first of them
    /// alone does not tell.
    mutating func survey<Format: RecordFormat>(
        _ bytes: UnsafeRawBufferPointer,
        of format: Format
    ) {
        var position = 0
        var largest: UInt32 = 0
        var first: Int64 = 0
        for _ in 0..<Self.surveyed where bytes.count - position >= format.recordHeaderLength {
            let record = unsafe format.record(in: bytes, at: position)
            guard record.isPossible(in: format) else { break }
            largest = max(largest, record.fraction)
            if first == 0 { first = nanoseconds(of: record) }
            position += record.length
        }
        if isOfNanoseconds(largest) { takeNanoseconds() }
        clock.learn(fromFirst: first)
    }

    /// The time of a record.
    @inline(__always)
    mutating func time(of record: FileRecord) -> Timestamp {
        if record.fraction >= unitsInSecond, isOfNanoseconds(record.fraction) { takeNanoseconds() }
        let stamp = Timestamp(nanoseconds: nanoseconds(of: record), digits: digits)
        return clock.reading(stamp)
    }

    /// Takes note of the time of the frame that is lent next.
    @inline(__always)
    mutating func note(_ time: Timestamp, of record: FileRecord, frame: Int) {
        if record.fraction >= unitsInSecond || areNanoseconds {
            noteFraction(of: record, frame: frame)
        }
        clock.note(time, frame: frame, in: &faults)
    }

    private func nanoseconds(of record: FileRecord) -> Int64 {
        // Both have 32 bits in most files, and the sum fits whatever they are.
        record.seconds &* 1_000_000_000 &+ Int64(record.fraction) &* nanosecondsPerUnit
    }

    /// Whether a fraction is too large for the unit, and not by a carry that was forgotten.
    private func isOfNanoseconds(_ fraction: UInt32) -> Bool {
        nanosecondsPerUnit == 1000 && 2_000_000..<1_000_000_000 ~= fraction
    }

    @inline(never)
    private mutating func takeNanoseconds() {
        nanosecondsPerUnit = 1
        digits = 9
        unitsInSecond = 1_000_000_000
        areNanoseconds = true
    }

    @inline(never)
    private mutating func noteFraction(of record: FileRecord, frame: Int) {
        let limit: UInt32 = areNanoseconds ? 1_000_000 : unitsInSecond
        guard record.fraction >= limit else { return }
        faults.noteWrongUnit(
            inFrame: frame,
            areNanoseconds: areNanoseconds && record.fraction < unitsInSecond
        )
    }
}
