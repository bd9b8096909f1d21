internal import Packets

/// How a kind of capture files lays out its records: each a header, and the bytes of a frame behind
/// it.
protocol RecordFormat: Sendable {
    /// The length in bytes of the header of each record.
    var recordHeaderLength: Int { get }
    /// The most captured bytes that a record can have; more is damage.
    var capturedLengthLimit: Int { get }
    /// What the file says of the most bytes that were kept of a frame, which may be a lie or 0.
    var snapshotLength: Int { get }
    /// How frames begin, where their records do not say.
    var linkType: LinkType { get }
    /// What fractions of a second count, in nanoseconds, and the digits that they are worth.
    var nanosecondsPerUnit: Int64 { get }
    var timestampDigits: UInt8 { get }
    /// How many records there are; `nil` where they go on to the end of the file.
    var recordCount: Int? { get }

    /// The record at `offset` of `bytes`, where at least its header is.
    func record(in bytes: UnsafeRawBufferPointer, at offset: Int) -> FileRecord

    /// Adds what stands behind the frame's bytes; `bytes` are those of the whole record.
    func complete(_ record: inout FileRecord, in bytes: UnsafeRawBufferPointer)
}

extension RecordFormat {
    var recordCount: Int? { nil }

    @inline(__always)
    func complete(_ record: inout FileRecord, in bytes: UnsafeRawBufferPointer) {}
}
