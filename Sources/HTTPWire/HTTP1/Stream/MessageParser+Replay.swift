// Where more bytes were collected for a decision than belong to what was decided, the others are read
// once more, before those that the caller gives.
extension MessageParser {
    /// Bytes that are consumed and will be read again: so far do the places of events lie before
    /// those that the caller's position gives.
    package var replayLength: Int {
        mutating get { replay.count }
    }

    /// Reads on in bytes that are to be read again; `nil` once there are none.
    mutating func nextReplayed() -> MessageEvent? {
        let bytes = replay
        replay = []
        var position = 0
        let event = read(bytes.span, &position)
        // What was put back meanwhile lies before the rest.
        replay += bytes[position...]
        guard case .content(let range) = event else { return event }
        heldBytes = Array(bytes[range])
        return .heldContent
    }

    /// Reads bytes again that were collected, now that it is known what they are.
    mutating func readAgain(_ bytes: [UInt8]) -> MessageEvent? {
        replay = bytes + replay
        return nextReplayed()
    }
}
