/// One thing that is wrong with a message, an exchange or the stream under it, or worth knowing.
public struct Finding: Sendable, Hashable {
    /// What was found; severity, sentence and reference stand in the catalogue under this code.
    public var code: FindingCode

    /// The bytes it is about, counted from the first byte of the message; `nil` for a finding about
    /// an exchange or its TCP stream.
    public var bytes: Range<Int>?

    /// How often it was found; above 1 where further places were folded into this one.
    public var occurrences: Int

    /// The bytes themselves, where nobody keeps them at their place; mostly there is none.
    public var detail: FindingDetail?

    /// Creates a finding about `bytes`, found once unless `occurrences` says otherwise.
    public init(
        _ code: FindingCode,
        bytes: Range<Int>? = nil,
        occurrences: Int = 1,
        detail: FindingDetail? = nil
    ) {
        self.code = code
        self.bytes = bytes
        self.occurrences = occurrences
        self.detail = detail
    }
}

/// Bytes that a finding is about and that are not kept with its message; one pointer large.
public enum FindingDetail: Sendable, Hashable {
    /// The first of the bytes.
    case excerpt([UInt8])
    /// Two versions of the same bytes of a stream: the first of them that differ, as they came first
    /// and as they came later.
    indirect case versions(first: [UInt8], later: [UInt8])
    /// The hop limit, or time to live, of a packet, and that of other packets from the same end.
    indirect case hopLimits(found: UInt8, usual: UInt8)
    /// A stretch of a stream: its first bytes, how many there are, and the frame that brought the first.
    indirect case stretch(first: [UInt8], length: Int, frame: Int)

    /// The most bytes that are worth keeping: no more are shown.
    package static let limit = 48
}

extension [Finding] {
    /// The most findings that one message or exchange keeps apart.
    package static let limit = 256

    /// Notes `finding`; where its code is to be shown once, or the list has grown too long, it is
    /// counted with the earlier one of the same code instead.
    package mutating func note(_ finding: Finding, folding: Bool = false) {
        if folding || count >= Self.limit,
            let index = lastIndex(where: { $0.code == finding.code })
        {
            self[index].occurrences += finding.occurrences
        } else {
            append(finding)
        }
    }
}
