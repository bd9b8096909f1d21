import HTTPWire

/// What is not known of the messages on a connection, so that their order alone does not pair them.
///
/// Bytes that the capture lacks may have held whole messages. Of these it is told how many there were
/// at the least: one, where a gap begins behind the end of a message. That reading is shown, and the
/// pairs carry a finding, until the client asks for something after it had received all that the
/// server had said, and the server all that the client had: no answer is under way then, and order
/// counts from there on.
struct PairingDoubt: Sendable {
    /// Whether requests, or final responses, may be missing since then.
    var isOfRequests = false
    var isOfResponses = false

    /// How many requests are certain to be missing behind the latest that is known and wait for an
    /// answer, and where in the client's stream they begin.
    var unseenRequests = 0
    var unseenBegin = 0

    /// How many final responses are certain to be missing for which no request was passed over.
    var unseenResponses = 0

    /// Bytes of the server's stream that are no message, where an answer is due.
    var unrecognized: Range<Int>?

    /// Whether the client is known to send requests while answers are under way, so that no moment is
    /// certain to be one without any.
    var isOverlapping = false

    /// Whether a gap of the server's stream lies behind its last response, and outside of it.
    var isAnswerInGap = false

    /// Whether there is none.
    var isNone: Bool { !isOfRequests && !isOfResponses }

    /// Whether the order of requests tells what is answered.
    var isOrderEnough: Bool { isNone && unrecognized == nil }

    /// Takes note of bytes of the client that the capture lacks, from `begin` on.
    mutating func noteRequestGap(from begin: Int, _ reach: GapReach) {
        guard reach != .sameMessage else { return }
        isOfRequests = true
        guard reach == .nextMessage, unseenRequests == 0 else { return }
        unseenRequests = 1
        unseenBegin = begin
    }

    /// Takes note of bytes of the server that the capture lacks.
    mutating func noteResponseGap(_ reach: GapReach) {
        guard reach != .sameMessage else { return }
        isOfResponses = true
        if reach == .nextMessage { unseenResponses += 1 }
    }

    /// Takes a request for one that follows on the ones which may be missing.
    mutating func passUnseen(to next: inout OpenExchange) {
        next.isInDoubt = isOfRequests
        next.unseenBefore = unseenRequests
        unseenRequests = 0
    }

    /// Forgets what was in doubt: no answer is under way.
    mutating func settle() {
        isOfRequests = false
        isOfResponses = false
        unseenRequests = 0
        unseenResponses = 0
    }
}
