import Packets
import Reassembly

// A capture may hold the frames of two places on the way. The bytes are taken from whichever frame
// has them first; the times of an exchange are those of one place, the one nearer to the client: the
// requests are there first, the responses last.
extension HTTP1Connection {
    /// Takes note of a copy of payload which was captured at another place.
    mutating func move(
        _ moved: MovedPayload,
        _ frame: FrameReference,
        _ assembler: inout ExchangeAssembler
    ) {
        guard moved.direction != facts.clientDirection else { return }
        if let position = pairer.responsePosition, !responses.isInterim, let begin = responses.begin
        {
            let slot = pairer[position].slot
            assembler.exchanges[slot].heldResponse.moveBegin(moved.range, to: frame)
            if moved.range.upperBound >= begin.offset + responses.parser.offset {
                responses.lastFrame = frame
            }
        } else if responses.parser.isInsideMessage, let begin = responses.begin,
            moved.range.contains(begin.offset)
        {
            responses.begin?.frame = frame
            responses.lastFrame = frame
        } else if let lastFinished = aftermath.lastFinished {
            let isEnd = assembler.change(lastFinished) { exchange in
                guard exchange.hasResponse else { return }
                exchange.heldResponse.moveBegin(moved.range, to: frame)
                exchange.heldResponse.moveEnd(moved.range, to: frame)
                exchange.measure()
            }
            if isEnd, waits.idleSince != nil { waits.idleSince = frame.timestamp }
        }
    }
}

extension Message {
    /// Has it begin with a frame that holds its first byte too.
    fileprivate mutating func moveBegin(_ range: Range<Int>, to frame: FrameReference) {
        guard range.contains(streamOffset) else { return }
        firstFrame = frame.number
        time = frame.timestamp
    }

    /// Has it end with a frame that holds its last byte too.
    fileprivate mutating func moveEnd(_ range: Range<Int>, to frame: FrameReference) {
        guard range.contains(streamOffset + wireLength - 1) else { return }
        lastFrame = frame.number
        endTime = frame.timestamp
    }
}
