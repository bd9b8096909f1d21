/// What a ``ServerSession`` asks of whoever drives it, in this order.
package enum ServerAction: Sendable, Hashable {
    /// Find the answer to a request and give it to ``ServerSession/answer(_:)``; nothing else
    /// happens on the connection before.
    case perform(FileRequest)
    /// Send these bytes.
    case send([UInt8])
    /// Send a range of an open file, in bytes.
    case sendFile(SharedFile, Range<Int>)
    /// Write into the log what was asked and answered.
    case log(ServerLogEntry)
    /// Close the connection: nothing more is sent, and what still comes is of no interest.
    case close
}

/// One request as received, and how it was answered.
package struct ServerLogEntry: Sendable, Hashable {
    /// The first bytes of the request as they came, up to ``ServerLimits/loggedRequest``.
    package var received: [UInt8]
    /// How many bytes of the request came in all.
    package var receivedCount: Int
    /// The status of the answer.
    package var status: AnswerStatus
}

/// What a ``ServerSession`` waits for; whoever drives it chooses the time limit by it.
package enum ServerWait: Sendable, Hashable {
    /// For a request to begin.
    case request
    /// For more of a request that cannot be answered as it is.
    case more
    /// For more of a request that lacks only the blank line: after a short silence it counts as
    /// whole, see ``ServerSession/silence()``.
    case blankLine
    /// For ``ServerSession/answer(_:)``.
    case answer
    /// For nothing: the connection is over.
    case nothing
}
