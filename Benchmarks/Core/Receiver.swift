import Benchmark
import Packets
import Reassembly

/// A connection that is given the same payload again and again, as the next of its stream.
struct Receiver: ~Copyable {
    private var table = ConnectionTable()
    private var remembered = DeliveredSegments(memory: 1 << 20)
    private let slot: Int
    private let bytes: [UInt8]
    private var segment: TCPSegment
    private var frame = FrameReference(number: 0, timestamp: Timestamp(nanoseconds: 0))

    init(_ conversation: Conversation) {
        bytes = conversation.request
        guard case .segment(let segment) = Conversation.decode(bytes) else {
            fatalError("the frame that is measured with is none")
        }
        self.segment = segment
        slot = table.open(segment)
        for handshake in conversation.handshake {
            guard case .segment(let segment) = Conversation.decode(handshake),
                let place = table.find(segment)
            else { continue }
            accept(segment, place.direction, handshake)
        }
    }

    /// Takes the next segment.
    mutating func takeNext() {
        accept(segment, .forward, bytes)
        segment.sequence = segment.sequence.advanced(by: segment.wireLength)
    }

    /// Takes the segment behind the next, then the next.
    mutating func takeSwapped() {
        let next = segment
        segment.sequence = segment.sequence.advanced(by: segment.wireLength)
        accept(segment, .forward, bytes)
        accept(next, .forward, bytes)
        segment.sequence = segment.sequence.advanced(by: segment.wireLength)
    }

    private mutating func accept(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ bytes: [UInt8]
    ) {
        frame.number += 1
        frame.timestamp.nanoseconds += 10_000
        let acceptance = table.connections[slot].accept(
            segment,
            direction,
            frame: frame,
            bytes: bytes.span,
            &remembered
        )
        blackHole(acceptance)
        guard table.connections[slot].isDue else { return }
        while let event = table.connections[slot].nextEvent(&remembered) { blackHole(event) }
        table.connections[slot].oddities.removeAll(keepingCapacity: true)
    }
}
