package import HTTPWire
package import Packets
package import Reassembly

/// What a tracer is asked to keep.
package struct TracerOptions: Sendable, Hashable {
    /// The most bytes of each message's content that are kept to be shown, 0 by default.
    package var contentLimit = 0

    /// The most bytes of coded content that are kept so that it can be decoded, 64 KiB by default.
    ///
    /// What is beyond ``contentLimit`` is given up when the message is over.
    package var codedContentLimit = 64 << 10

    /// The most memory, in bytes, for what is not over, 1 GiB by default: connections, segments that
    /// wait for others, messages and exchanges, each with what it costs.
    ///
    /// Beyond it what holds least is given up first.
    package var memoryLimit = 1 << 30

    /// How far the clock of a capture may be ahead of a frame that is yet to come, in nanoseconds, 10 s
    /// by default: until then the frames of others do not make it too late for a connection's own.
    package var clockSkew: Int64 = 10_000_000_000

    /// The ports of servers whose connections are read as HTTP whatever they look like; empty where
    /// the content decides.
    package var httpPorts: Set<UInt16> = []

    /// How frames are decoded; what has a wrong checksum, where these are looked at, is left out, as
    /// its receiver leaves it out, and counted.
    package var decoding = DecodingOptions()

    /// Which bytes are taken where segments overlap that wait for others; bytes that were in order
    /// are taken as they come.
    package var overlap = OverlapPolicy.first

    /// Whether an exchange that turns its connection over to another protocol is finished only with
    /// the connection, so that what followed is counted with it; else as soon as its response is
    /// whole, as somebody wants who looks at live traffic.
    ///
    /// At most one exchange of each known connection is held.
    package var holdsSwitched = true

    /// What the parser puts up with.
    package var parserLimits = ParserLimits()

    /// The numbers of the frames that are to be explained; see ``Tracer/explanations``.
    package var frames: Set<Int> = []

    /// The numbers of the connections whose bytes are kept, in the segments in which they were sent;
    /// see ``Tracer/conversations``.
    package var streams: Set<Int> = []

    /// The most bytes that are kept of them together, 64 MiB by default.
    package var conversationLimit = 64 << 20

    /// Whether exchanges say where their messages were cut into segments.
    package var notesSegmentCuts = false

    package init() {}

    /// The most bytes of content that are kept of a message that goes on.
    func contentLimit(isCoded: Bool) -> Int {
        isCoded ? max(contentLimit, codedContentLimit) : contentLimit
    }
}
