import Bytes

/// The outcome of all transfer codings.
enum TransferCoding: Sendable, Hashable {
    /// `chunked` is the last, and tells where the content ends.
    case chunked
    /// The last is another: only the close can end the content.
    case other
}

/// A transfer coding by name (RFC 9112 §7).
enum CodingName {
    case chunked
    case compression
    case identity
    case unknown

    init(_ name: Span<UInt8>) {
        let isCompression =
            name.equalsIgnoringCase("gzip") || name.equalsIgnoringCase("x-gzip")
            || name.equalsIgnoringCase("deflate") || name.equalsIgnoringCase("compress")
            || name.equalsIgnoringCase("x-compress")
        self =
            if name.equalsIgnoringCase("chunked") {
                .chunked
            } else if name.equalsIgnoringCase("identity") {
                .identity
            } else {
                isCompression ? .compression : .unknown
            }
    }
}
