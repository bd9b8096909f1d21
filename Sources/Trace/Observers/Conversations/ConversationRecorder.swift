import Bytes
import Packets
import Reassembly

/// Keeps what the connections carried that somebody asked about; mostly there is none.
struct ConversationRecorder: Sendable {
    private let streams: Set<Int>
    private let limit: Int
    private var kept = 0
    private(set) var conversations: [Int: Conversation] = [:]

    init(streams: Set<Int>, limit: Int) {
        self.streams = streams
        self.limit = limit
    }

    /// Takes note of an event on `connection`.
    mutating func note(
        _ event: Conversation.Event,
        _ time: Timestamp,
        _ connection: borrowing TCPConnection
    ) {
        guard streams.contains(connection.stream) else { return }
        var conversation =
            conversations.removeValue(forKey: connection.stream)
            ?? Conversation(
                stream: connection.stream,
                forwardSource: connection.forwardSource,
                backwardSource: connection.backwardSource
            )
        conversation.opener = connection.initiator
        if case .bytes(_, _, let bytes) = event, bytes.count > limit - kept {
            conversation.omitted += bytes.count
        } else {
            if case .bytes(_, _, let bytes) = event { kept += bytes.count }
            conversation.steps.append(Conversation.Step(event: event, time: time))
        }
        conversations[connection.stream] = conversation
    }
}

extension ConversationRecorder {
    /// What the connections carried, in the order of their numbers.
    var inOrder: [Conversation] { conversations.values.sorted { $0.stream < $1.stream } }
}

// What is called here is called only where somebody asked about connections.
extension ConnectionTracer where Streams: ~Copyable {
    /// Keeps delivered bytes.
    mutating func keep(
        _ bytes: Span<UInt8>,
        at offset: Int,
        _ slot: Int,
        _ direction: Direction,
        _ frame: FrameReference
    ) {
        let event = Conversation.Event.bytes(direction, offset: offset, [UInt8](copying: bytes))
        conversationRecorder?.note(event, frame.timestamp, table.connections[slot])
    }

    /// Keeps anything but data.
    mutating func keep(_ event: ReassemblyEvent, _ slot: Int) {
        let kept: Conversation.Event
        switch event {
        case .data: return
        case .gap(let direction, let length, _): kept = .gap(direction, length: length)
        case .end(let direction): kept = .end(direction)
        case .reset(let direction): kept = .reset(direction)
        }
        conversationRecorder?.note(kept, now.timestamp, table.connections[slot])
    }
}
