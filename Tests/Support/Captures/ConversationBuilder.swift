package import Packets

/// Writes the frames of one TCP connection as a capture beside it sees them, with sequence and
/// acknowledgement numbers that follow from what was sent.
///
/// What happens to the frames on their way is done to ``frames`` afterwards: see the functions on
/// arrays of ``BuiltFrame``.
package struct ConversationBuilder: Sendable {
    /// One of the two ends.
    package enum Side: Sendable, Hashable {
        case client, server

        /// The other end.
        package var peer: Side { self == .client ? .server : .client }
    }

    /// What was captured so far.
    package private(set) var frames: [BuiltFrame] = []

    /// The time of the next frame.
    package var time: Timestamp
    /// Nanoseconds from one frame to the next.
    package var interval: Int64 = 1_000_000
    /// The most payload bytes of a segment.
    package var segmentSize = 1460
    /// Makes the client's frames, with the oddities that it is told to make.
    package var client: TCPFrameBuilder
    /// Makes the server's frames.
    package var server: TCPFrameBuilder

    private var clientNext: UInt32
    private var serverNext: UInt32

    /// Creates a connection in which nothing has been sent; the initial sequence numbers are those
    /// of the SYN segments.
    package init(
        client: Endpoint = Endpoint(address: IPAddress(version4: 0x0A00_0001), port: 50_000),
        server: Endpoint = Endpoint(address: IPAddress(version4: 0x0A00_0002), port: 80),
        linkType: LinkType = .ethernet,
        start: Timestamp = Timestamp(nanoseconds: 1_700_000_000_000_000_000),
        clientSequence: UInt32 = 1000,
        serverSequence: UInt32 = 5000
    ) {
        self.client = TCPFrameBuilder(from: client, to: server, linkType: linkType)
        self.server = TCPFrameBuilder(from: server, to: client, linkType: linkType)
        time = start
        clientNext = clientSequence
        serverNext = serverSequence
    }

    /// The sequence number of the next byte that `side` sends.
    package func nextSequence(of side: Side) -> UInt32 {
        side == .client ? clientNext : serverNext
    }

    /// SYN, SYN-ACK, ACK.
    package mutating func handshake() {
        append(from: .client, flags: .syn)
        append(from: .server, flags: [.syn, .ack])
        acknowledge(from: .client)
    }

    /// Sends `bytes` in segments of at most ``segmentSize``.
    package mutating func send(_ bytes: [UInt8], from side: Side) {
        var rest = bytes[...]
        while !rest.isEmpty {
            append(from: side, flags: [.psh, .ack], payload: [UInt8](rest.prefix(segmentSize)))
            rest = rest.dropFirst(segmentSize)
        }
    }

    /// Sends the UTF-8 of `text` in segments of at most ``segmentSize``.
    package mutating func send(_ text: String, from side: Side) {
        send([UInt8](text.utf8), from: side)
    }

    /// Sends `count` bytes that the capture does not see.
    package mutating func sendUnseen(_ count: Int, from side: Side) {
        advance(side, by: UInt32(truncatingIfNeeded: count))
    }

    /// Sends a segment without data.
    package mutating func acknowledge(from side: Side) { append(from: side, flags: .ack) }

    /// Closes one direction.
    package mutating func finish(from side: Side) { append(from: side, flags: [.fin, .ack]) }

    /// Both sides close, the one that is named first, and both are acknowledged.
    package mutating func close(first side: Side = .server) {
        finish(from: side)
        finish(from: side.peer)
        acknowledge(from: side)
    }

    /// Breaks the connection.
    package mutating func reset(from side: Side) { append(from: side, flags: [.rst, .ack]) }

    /// Lets time pass before the next frame.
    package mutating func wait(nanoseconds: Int64) { time.nanoseconds += nanoseconds }

    /// Sends a segment just as it is told; what is sent later does not take it into account.
    package mutating func append(_ segment: TCPFrameBuilder.Segment, from side: Side) {
        let builder = side == .client ? client : server
        frames.append(builder.frame(segment, at: time))
        wait(nanoseconds: interval)
    }

    /// Adds frames of another connection.
    package mutating func append(_ others: [BuiltFrame]) { frames += others }

    /// Sends a segment with these flags and data at the next sequence number.
    package mutating func append(
        from side: Side,
        flags: TCPFrameBuilder.Flags,
        payload: [UInt8] = []
    ) {
        let segment = TCPFrameBuilder.Segment(
            sequence: nextSequence(of: side),
            acknowledgement: flags.contains(.ack) ? nextSequence(of: side.peer) : 0,
            flags: flags,
            payload: payload
        )
        append(segment, from: side)
        let taken = flags.isDisjoint(with: [.syn, .fin]) ? 0 : 1
        advance(side, by: UInt32(truncatingIfNeeded: payload.count + taken))
    }

    private mutating func advance(_ side: Side, by count: UInt32) {
        switch side {
        case .client: clientNext &+= count
        case .server: serverNext &+= count
        }
    }
}
