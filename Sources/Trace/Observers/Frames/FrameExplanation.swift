package import Findings
package import HTTPWire
package import Packets

/// What is in one frame of a capture, and what became of its bytes.
package struct FrameExplanation: Sendable {
    /// What the capture says about it.
    package var frame: Frame
    /// How many bytes of it were captured.
    package var capturedLength: Int
    /// Its layers from the outside in, down to where TCP begins.
    package var layers: [String]
    /// What it comes to.
    package var content = Content.nothing

    /// What a frame comes to.
    package enum Content: Sendable {
        /// It was not looked at.
        case nothing
        /// It has no TCP segment, and why.
        case stopped(DecodeStop)
        /// It is a piece of an IP packet, and the number of the frame that made it whole.
        case fragment(completedIn: Int?)
        /// It has a TCP segment.
        case segment(SegmentExplanation)
    }
}

/// What one TCP segment says, and what became of its bytes.
package struct SegmentExplanation: Sendable {
    /// The number of its connection, as ``Exchange/stream``.
    package var stream: Int
    package var source: Endpoint
    package var destination: Endpoint
    /// What its sender sends, requests or responses; `nil` where nothing tells.
    package var role: MessageRole?
    package var flags: TCPSegment.Flags
    /// The sequence and acknowledgement numbers relative to the connection's first, which is 0, as
    /// Wireshark shows them; `nil` where there is none, or nothing to relate it to.
    package var sequence: Int
    package var acknowledgement: Int?
    /// How many bytes of the other direction it acknowledges, and whether its FIN too.
    package var acknowledgedLength: Int?
    package var acknowledgesEnd = false
    /// The receive window as sent, without scaling.
    package var window: UInt16
    /// The length of its payload on the wire, and as captured, in bytes.
    package var wireLength: Int
    package var payloadLength: Int
    /// Where its payload begins in its sender's stream, in bytes from the first.
    package var streamOffset: Int
    /// Whether the bytes before its payload came later in the capture.
    package var fillsHole = false
    /// What is odd about it as a segment.
    package var oddities: [FindingCode] = []
    /// What became of the captured payload, in order.
    package var pieces: [PayloadPiece] = []
    /// The messages that its payload belongs to, in order.
    package var shares: [MessageShare] = []
    /// The parts of the payload that were delivered and belong to no message.
    package var foreign: [Range<Int>] = []
    /// What those belong to.
    package var foreignTraffic = ForeignTraffic.unclaimed
    /// The messages that ended with it although none of their bytes is in it: at a FIN or a reset,
    /// or because it answers.
    package var ended: [EndedMessage] = []
    /// What the connection waits for once the frame was taken in.
    package var waits: [Wait] = []

    /// Where the captured payload lies in its sender's stream.
    package var streamRange: Range<Int> { streamOffset..<streamOffset + payloadLength }
}

/// A part of a segment's payload that had one fate.
package struct PayloadPiece: Sendable, Hashable {
    /// Which bytes, counted from the first of the payload.
    package var bytes: Range<Int>
    package var fate: Fate

    /// What became of bytes.
    package enum Fate: Sendable, Hashable {
        /// They were next in their stream when the frame of this number had come.
        case delivered(in: Int)
        /// They had come before, in the frame of this number where it is still known.
        case repeated(of: Int?)
        /// They came once the connection was over.
        case late
        /// They were passed over: they lie outside what the connection can take, or in a reset.
        case ignored
    }
}

/// What bytes that are in no message belong to.
package enum ForeignTraffic: Sendable, Hashable {
    /// An HTTP connection has them beside its messages.
    case unclaimed
    /// HTTP gave way to another protocol.
    case switched
    /// Nothing on the connection is HTTP; the name of its protocol where a glance tells.
    case notHTTP(String?)
}

/// The part that a segment has in one message.
package struct MessageShare: Sendable {
    /// The index of the message's exchange in its stream.
    package var exchange: Int
    /// Where the message begins in its sender's stream, in bytes.
    package var streamOffset: Int
    package var role: MessageRole
    /// Whether it is an interim response.
    package var isInterim: Bool
    /// Which bytes of the message, counted from its first byte.
    package var bytes: Range<Int>
    /// How many bytes the message has on the wire.
    package var length: Int
    /// The same as ``bytes``, part by part.
    package var parts: [MessagePart]
    /// The start line as sent, without its line end.
    package var startLine: [UInt8]
    /// The names of the field lines that have bytes here.
    package var fieldNames: [[UInt8]] = []
    package var firstFrame: Int
    package var lastFrame: Int
    package var isComplete: Bool
    /// Whether the blank line that ends the header section was seen.
    package var isTerminated: Bool
    package var framing: ContentFraming
    /// The frame with the first byte of the message's other half; `nil` where there is none.
    package var counterpartFrame: Int?
    /// Of a response: whether its request never had its blank line, so that the response ended it.
    package var endsRequest = false
}

/// A message that ended with a frame that has none of its bytes.
package struct EndedMessage: Sendable, Hashable {
    package var role: MessageRole
    package var firstFrame: Int
    /// The start line as sent, without its line end.
    package var startLine: [UInt8]
    /// Whether its framing has it end so.
    package var isComplete: Bool
}

/// A run of bytes of one message that have one meaning.
package struct MessagePart: Sendable, Hashable {
    package var kind: Kind
    /// Which bytes, counted from the first of the message.
    package var bytes: Range<Int>

    /// What bytes of a message are.
    package enum Kind: String, Sendable, Hashable {
        case leadingBlankLines = "blank lines before the start line"
        case startLine = "start line"
        case fieldLines = "field lines"
        case blankLine = "blank line"
        /// The head, where it is too long to be kept and told apart.
        case head = "header section"
        case content = "content"
        case chunkFraming = "chunk framing"
        case trailer = "trailer section"
    }
}

/// Something that a connection waits for.
package enum Wait: Sendable, Hashable {
    /// The message that began in a frame waits for its next part.
    case message(MessageRole, firstFrame: Int, MessagePartAwaited)
    /// So many requests wait for their responses; the first of them began in a frame.
    case responses(Int, firstRequestFrame: Int)
    /// Bytes of the sender of these messages are missing, and captured segments wait for them.
    case bytes(of: MessageRole?, length: Int, waitingSegments: Int, firstFrame: Int?)
}
