internal import Bytes

/// What a session keeps of the request that it reads.
struct RequestInProgress: Sendable {
    /// The content so far, without transfer coding.
    var content: [UInt8] = []
    /// Whether the head is whole.
    private(set) var hasHead = false
    /// The version as sent; empty before the head is whole.
    private(set) var version: [UInt8] = []
    /// Whether the head of the answer alone is asked for.
    private(set) var isHead = false

    /// Whether it has no version and is carried out, so that content alone is the answer (HTTP/0.9).
    var isSimple = false

    /// Whether nothing but line ends and white space came.
    private(set) var isBlank = true

    private var received: [UInt8] = []
    private var receivedCount = 0
    /// The bytes of the header section, or between two pieces of content.
    private var sectionCount = 0
    private let logLimit: Int

    init(logLimit: Int = ServerLimits().loggedRequest) {
        self.logLimit = logLimit
    }

    /// Takes note of bytes that belong to it, as they came; `content` is how many of them are
    /// content.
    mutating func note(_ bytes: ArraySlice<UInt8>, content: Int) {
        if isBlank {
            isBlank = bytes.allSatisfy { $0.isBlank || $0 == .lineFeed || $0 == .carriageReturn }
        }
        receivedCount += bytes.count
        received += bytes.prefix(logLimit - received.count)
        if content > 0 { sectionCount = 0 }
        sectionCount += bytes.count - content
    }

    /// Takes note that the head is whole.
    mutating func takeHead(version: [UInt8], isHead: Bool) {
        hasHead = true
        self.version = version
        self.isHead = isHead
        sectionCount = 0
    }

    /// Whether more than `limit` bytes came that are not content: a header section, the length of
    /// a chunk with its extensions, or a trailer section.
    func isSectionLonger(than limit: Int) -> Bool {
        sectionCount > limit
    }

    /// What the log says of it.
    func logEntry(_ status: AnswerStatus) -> ServerLogEntry {
        ServerLogEntry(received: received, receivedCount: receivedCount, status: status)
    }
}
