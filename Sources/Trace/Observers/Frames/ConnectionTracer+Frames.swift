import Findings
import HTTPWire
import Packets
import Reassembly

// What is called here is called only where somebody asked about frames.
extension ConnectionTracer where Streams: ~Copyable {
    mutating func beginRecording(_ frame: Frame, _ bytes: Span<UInt8>) {
        guard streams.recorder?.begin(frame.number) == true else { return }
        streams.recorder?.begin(
            FrameExplanation(
                frame: frame,
                capturedLength: bytes.count,
                layers: PacketDecoder.layers(
                    of: bytes,
                    linkType: frame.linkType,
                    originalLength: frame.originalLength,
                    options.decoding
                )
            )
        )
    }

    /// Notes a segment that the connection has just taken in.
    mutating func record(
        _ segment: TCPSegment,
        _ slot: Int,
        _ direction: Direction,
        _ knownOddities: Int
    ) {
        let place = table.connections[slot].offset(of: segment.payloadSequence, direction)
        var explanation = SegmentExplanation(
            stream: table.connections[slot].stream,
            source: segment.source,
            destination: segment.destination,
            role: table.connections[slot].initiator.map { $0 == direction ? .request : .response },
            flags: segment.flags,
            // A direction that has not begun begins with 1, as Wireshark has it.
            sequence: table.connections[slot].offset(of: segment.sequence, direction)
                .map { $0 + 1 } ?? 1,
            window: segment.window,
            wireLength: segment.wireLength,
            payloadLength: segment.payload.count,
            streamOffset: place ?? 0
        )
        if segment.flags.contains(.ack) {
            let other = direction.opposite
            let length =
                table.connections[slot].offset(of: segment.acknowledgement, other)
            let sent = table.offset(slot, other)
            explanation.acknowledgement = length.map { $0 + 1 }
            explanation.acknowledgedLength = length.map { min(max($0, 0), sent) }
            explanation.acknowledgesEnd =
                table.connections[slot][other].hasEnded
                && length.map { $0 > sent } ?? false
        }
        explanation.oddities = table.connections[slot].oddities.dropFirst(knownOddities)
            .compactMap(\.oddity.code)
        let flow = FrameRecorder.Flow(
            stream: table.connections[slot].stream,
            direction: direction
        )
        streams.recorder?.note(explanation, flow, frame: now.number)
    }

    /// Notes what became of bytes that came in `frame`.
    mutating func recordFate(
        _ fate: PayloadPiece.Fate,
        _ offset: Int,
        _ count: Int,
        _ slot: Int,
        _ direction: Direction,
        _ frame: FrameReference
    ) {
        let flow = FrameRecorder.Flow(
            stream: table.connections[slot].stream,
            direction: direction
        )
        streams.recorder?.noteFate(
            fate,
            of: offset..<offset + count,
            flow,
            frame: frame.number
        )
    }

}

extension ConnectionTracer<ConnectionReaders> {
    /// Notes what the connection of the frame at hand waits for.
    mutating func recordWaits() {
        guard let current = streams.recorder?.current,
            let flow = streams.recorder?.stories[current].flow,
            let slot = table.liveSlots.first(where: {
                table.connections[$0].stream == flow.stream
            })
        else { return }
        let client = streams.clientDirection(slot) ?? table.connections[slot].initiator
        var waits = streams.waits(slot)
        for direction in Direction.allCases {
            guard let missing = table.connections[slot].missing(direction) else { continue }
            waits.append(
                .bytes(
                    of: client.map { $0 == direction ? .request : .response },
                    length: missing.length,
                    waitingSegments: missing.waitingSegments,
                    firstFrame: missing.firstFrame
                )
            )
        }
        streams.recorder?.noteWaits(
            waits,
            role: client.map { $0 == flow.direction ? .request : .response }
        )
    }
}

extension FrameRecorder {
    /// Takes note of what the connection waits for behind the frame at hand.
    fileprivate mutating func noteWaits(_ waits: [Wait], role: MessageRole?) {
        guard let current,
            case .segment(var segment) = stories[current].explanation.content
        else { return }
        segment.waits = waits
        segment.role = role ?? segment.role
        stories[current].explanation.content = .segment(segment)
    }

    /// Takes note of what the bytes of a stream are that belong to no message.
    mutating func noteForeignTraffic(_ traffic: ForeignTraffic, stream: Int) {
        for direction in Direction.allCases {
            for index in stories(of: Flow(stream: stream, direction: direction)) {
                guard case .segment(var segment) = stories[index].explanation.content else {
                    continue
                }
                segment.foreignTraffic = traffic
                stories[index].explanation.content = .segment(segment)
            }
        }
    }
}
