import Bytes
import Findings
import HTTPWire

/// What an end has sent that is in no message, and where.
struct UnreadBytes: Sendable {
    /// Where the first of it lies in its sender's stream, in bytes.
    var offset: Int
    var bytes: UnclaimedBytes
}

// A response may answer what is no request: then the reader wants to know what that was.
extension HTTP1Connection {
    /// Takes note of bytes of the client in which there is no HTTP.
    mutating func noteUnread(_ bytes: Span<UInt8>, _ moment: Moment) {
        let first = bytes.extracting(0..<min(bytes.count, FindingDetail.limit))
        noteUnread(bytes.count, [UInt8](copying: first), from: moment)
    }

    /// Takes note of `count` bytes of the client that are in no message; `first` are the first since
    /// its last request.
    mutating func noteUnread(_ count: Int, _ first: [UInt8], from moment: Moment) {
        guard account.unread == nil else {
            account.unread?.bytes.length += count
            return
        }
        let bytes = UnclaimedBytes(frame: moment.frame.number, length: count, first: first)
        account.unread = UnreadBytes(offset: moment.offset, bytes: bytes)
    }

    /// What the client sent instead of a request, as far as the server had received it when it
    /// answered; `nil` where there is nothing.
    func unread(behind begin: Moment) -> UnclaimedBytes? {
        // Where the client's stream is not known from its beginning, what is in no message may be
        // the rest of one.
        guard choice.guess != nil || !requests.parser.isPlaceLost,
            var bytes = unreadOrBlank(begin)?.bytes
        else { return nil }
        if bytes.name == nil {
            bytes.name = choice.guess?.name ?? ProtocolGuess.name(of: bytes.first.span)
        }
        return bytes
    }

    private func unreadOrBlank(_ begin: Moment) -> UnreadBytes? {
        if let unread = account.unread {
            return unread.offset < begin.acknowledged ? unread : nil
        }
        let rest = requests.parser.unfinishedBytes
        guard !rest.isEmpty, let lastRequestFrame = requests.lastFrame, begin.acknowledged > 0
        else { return nil }
        let bytes = UnclaimedBytes(
            frame: lastRequestFrame.number,
            length: rest.count,
            first: rest,
            name: requests.parser.isInsideStartLine ? nil : "blank lines"
        )
        return UnreadBytes(offset: begin.acknowledged - rest.count, bytes: bytes)
    }
}
