import HTTPWire
import Reassembly

/// What has ended a connection, or a message on it, so far.
struct ConnectionEnding: Sendable {
    /// The client's FIN, and whether a response began after it.
    var clientEnd: StreamEnd?
    var hasLateResponse = false

    /// The frames that have ended the connection.
    var frames = EndingFrames()

    /// Where the last response ended in the server's stream, in bytes, where that is known.
    var lastResponseEnd = 0

    /// What interrupts a parser at the moment, and whether that is a gap inside a captured frame.
    var cause: Interruption?
    var isInCutFrame = false

    /// Whether the client's FIN came before a frame.
    func hasLeft(before frame: Int) -> Bool { clientEnd.map { $0.fin.number < frame } ?? false }

    /// Whether the last byte of a message is known that ends now, by the message behind or otherwise.
    func isEndKnown(endedByNext isEndedByNext: Bool) -> Bool {
        cause?.leavesEndKnown(isInCutFrame) ?? !isEndedByNext
    }
}

extension Interruption {
    /// Whether the last byte that came before it is the last that was sent of the message; of a frame
    /// that was cut it is known when its bytes came.
    fileprivate func leavesEndKnown(_ isInCutFrame: Bool) -> Bool {
        switch self {
        case .peerAnswered, .endOfStream, .reset, .idle: true
        case .gap, .captureEnded: isInCutFrame
        }
    }
}
