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

extension Finding {
    /// Adds the length of further bytes that belong to no message.
    fileprivate mutating func extend(by further: Finding) {
        guard case .unclaimed(var bytes) = detail, case .unclaimed(let added) = further.detail
        else { return }
        bytes.length += added.length
        detail = .unclaimed(bytes)
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
    /// Bytes of a stream that belong to no message.
    indirect case unclaimed(UnclaimedBytes)

    /// The most bytes that are worth keeping: no more are shown.
    package static let limit = 48
}

/// Bytes of a stream that belong to no message, for somebody to find and to recognise them.
public struct UnclaimedBytes: Sendable, Hashable {
    /// The frame with the first of them, counted from 1.
    public var frame: Int
    /// How many there are.
    public var length: Int
    /// The first of them.
    public var first: [UInt8]
    /// The protocol that they are of, where they tell; what they are, where they are nothing else.
    public var name: String?

    /// Creates the description of `length` bytes.
    package init(frame: Int, length: Int, first: [UInt8], name: String? = nil) {
        self.frame = frame
        self.length = length
        self.first = Array(first.prefix(FindingDetail.limit))
        self.name = name
    }
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
            self[index].extend(by: finding)
        } else {
            append(finding)
        }
    }
}
