/// What ``MessageParser/next(in:at:)`` found.
package enum MessageEvent: Sendable, Hashable {
    /// A message may begin at the position: nothing of it is consumed yet but blank lines, or its
    /// start line where that ended the message before (``MessageParser/offset`` bytes). Bytes that
    /// prove to be none are reported as unclaimed.
    case begin
    /// So many bytes that belong to no message were passed over.
    case unclaimed(Int)
    /// The head is complete (or was ended by an interruption): see ``MessageParser/head`` and
    /// ``MessageParser/framing``. A response parser must be told what the response answers before
    /// it goes on: set ``MessageParser/answering``.
    case head
    /// Content, as a range of the bytes given; the transfer coding is removed.
    case content(Range<Int>)
    /// Content that was consumed earlier, because it might have been the next message: see
    /// ``MessageParser/heldBytes``.
    case heldContent
    /// The message is over; `complete` tells whether its framing says so.
    case end(complete: Bool)
    /// The connection speaks another protocol from here on (CONNECT, Upgrade, HTTP/2 preface).
    case switched
}

/// The only ways in which the outside steers a parser.
package enum Interruption: Sendable, Hashable {
    /// The other side has answered, so what has come of the message is all there will be.
    case peerAnswered
    /// The sender closed its direction in order (FIN).
    case endOfStream
    /// The connection was reset (RST).
    case reset
    /// So many bytes are missing from the capture at this place.
    case gap(Int)
    /// Nothing more was captured, and nobody knows whether more was sent.
    case captureEnded
    /// The sender has been silent for so long that a recipient stops waiting.
    case idle
}

/// What a response answers, as far as its framing depends on it (RFC 9112 §6.3).
package enum AnsweredRequest: Sendable, Hashable {
    /// Nothing special.
    case ordinary
    /// Nobody knows, or not surely: it may be `HEAD`.
    case unknown
    /// `HEAD`: the response has no content whatever its fields say.
    case head
    /// `CONNECT`: a 2xx response turns the connection into a tunnel.
    case connect
    /// A request without version: the answer has no head (HTTP/0.9).
    case withoutVersion
}

/// How the end of a message's content is told (RFC 9112 §6.3).
package enum ContentFraming: Sendable, Hashable {
    /// There is none.
    case noContent
    /// So many bytes, from `Content-Length`.
    case length(Int)
    /// The chunked transfer coding ends it.
    case chunked
    /// The close of the connection ends it.
    case untilClose
    /// What follows belongs to another protocol.
    case switched

    /// Whether bytes of content are to come.
    var hasContent: Bool {
        switch self {
        case .noContent, .switched, .length(0): false
        case .length, .chunked, .untilClose: true
        }
    }
}
