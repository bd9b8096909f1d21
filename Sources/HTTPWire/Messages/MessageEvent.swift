/// The outcome of ``MessageParser/next(in:at:)``.
package enum MessageEvent: Sendable, Hashable {
    /// A message may begin at the position: nothing is consumed yet but blank lines, or the
    /// start line where that ended the message before (``MessageParser/offset`` bytes). Bytes that
    /// prove to be none are reported as unclaimed.
    case begin
    /// So many bytes that belong to no message were passed over.
    case unclaimed(Int)
    /// The head is complete (or was ended by an interruption): see ``MessageParser/head`` and
    /// ``MessageParser/framing``. A response parser must be told which request the response
    /// answers before going on: set ``MessageParser/answering``.
    case head
    /// Content, as a range of the bytes given; the transfer coding is removed.
    case content(Range<Int>)
    /// Content that was consumed earlier, as possibly the next message: see
    /// ``MessageParser/heldBytes``.
    case heldContent
    /// The message is over; `complete` tells whether the framing says so.
    case end(complete: Bool)
    /// The connection speaks another protocol from here on (CONNECT, Upgrade, HTTP/2 preface).
    case switched
}
