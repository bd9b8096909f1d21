internal import Bytes

/// What the player of a script wants done with its connection.
package enum ScriptAction: Sendable, Hashable {
    /// Send these bytes as one segment; then ask again.
    case send([UInt8])
    /// Wait for so long, taking in what comes; then ask again.
    case pause(Duration)
    /// Wait for something to come, and ask again with each; after so long call
    /// ``ScriptPlayer/timeIsUp(_:)``. Without a time it is the limit of every step.
    case receive(Duration?)
    /// Close for sending; then ask again.
    case halfClose
    /// Close in order: the play is over.
    case close
    /// Break the connection: the play is over.
    case reset
}

/// Plays a script on one connection, without a socket.
package struct ScriptPlayer: Sendable {
    /// The most bytes that are kept before they are expected.
    package static let limit = 64 << 20

    /// Why the play stopped before its end, if it did.
    package private(set) var failure: ScriptFailure?
    /// The messages that were expected and came.
    package internal(set) var messages: [PlayedMessage] = []
    /// How many waits have begun: the time limit of a wait counts from its beginning.
    package internal(set) var waits = 0

    private let steps: [ScriptStep]
    var position = 0
    private var rounds: [Int: Int] = [:]
    /// Whether nothing has happened since the last endless ``ScriptStep/again(times:)``.
    var isAtRound = false
    var isWaiting = false
    /// Bytes of the ``ScriptStep/drip(_:size:interval:)`` at hand that were sent.
    private var dripped = 0
    private var isDripPausing = false

    /// What has come and was not expected yet, and how much came of what is expected now.
    var pending: [UInt8] = []
    var taken = 0
    var reader: PlayedMessageReader?
    var requests = SentRequests()
    private let expectsResponses: Bool

    var hasEnded = false
    var isReset = false

    /// Creates the player of one connection's steps.
    package init(_ steps: [ScriptStep]) {
        self.steps = steps
        expectsResponses = steps.contains(.expect(.message(.response)))
    }

    /// Takes bytes from the other end.
    package mutating func receive(_ bytes: Span<UInt8>) {
        guard failure == nil else { return }
        pending.append(copying: bytes)
        if pending.count > Self.limit { fail(.tooMuch(limit: Self.limit)) }
    }

    /// Takes note that the other end closed its direction.
    package mutating func inputEnded() { hasEnded = true }

    /// Takes note that the other end broke the connection.
    package mutating func connectionReset() {
        isReset = true
        hasEnded = true
    }

    /// Takes note that the wait has lasted as long as it may.
    package mutating func timeIsUp(_ limit: Duration) {
        guard case .expect(let expectation) = current else { return }
        if case .silence = expectation {
            finishStep()
        } else {
            fail(.timedOut(expectation, limit, received: taken + pending.count))
        }
    }

    /// Takes note that what was sent is not taken within the time limit.
    package mutating func notTaken(_ length: Int, _ limit: Duration) {
        fail(.notTaken(length: length, limit))
    }

    /// Takes note that bytes could not be sent any more, as the connection is broken.
    package mutating func sendFailed(_ length: Int) {
        // Steps that go round until the other end closes end with its reset, too.
        if isEndless { stop() } else { fail(.resetBeforeSending(length: length)) }
    }

    /// Ends the play for a reason from outside.
    package mutating func fail(_ reason: ScriptFailure) {
        failure = failure ?? reason
        stop()
    }

    /// Leaves out the steps that are left.
    mutating func stop() { position = steps.count }

    /// What is to be done now.
    package mutating func nextAction() -> ScriptAction {
        while let step = current {
            switch step {
            case .loop: position += 1
            case .again(let times): goBack(times)
            case .expect(let expectation):
                if let wait = look(for: expectation) { return wait }
            case .send(let bytes):
                if let action = send(bytes) { return action }
            case .drip(let bytes, let size, let interval):
                if let action = drip(bytes, size, interval) { return action }
            case .pause(let time):
                finishStep()
                return .pause(time)
            case .halfClose:
                finishStep()
                return .halfClose
            case .close: stop()
            case .reset:
                stop()
                return .reset
            }
        }
        return .close
    }

    var current: ScriptStep? { position < steps.count ? steps[position] : nil }

    mutating func finishStep() {
        position += 1
        isAtRound = false
        isWaiting = false
        taken = 0
        reader = nil
    }

    private mutating func goBack(_ times: Int?) {
        if let times {
            let round = rounds[position, default: 0]
            if round == times {
                rounds[position] = nil
                position += 1
                return
            }
            rounds[position] = round + 1
        } else if hasEnded, pending.isEmpty {
            return stop()
        }
        let border = steps[..<position].lastIndex(of: .loop)
        position = border.map { $0 + 1 } ?? 0
        isAtRound = times == nil
    }

    /// Whether the steps go round until the other end closes.
    private var isEndless: Bool { steps[position...].contains(.again(times: nil)) }

    private mutating func send(_ bytes: [UInt8]) -> ScriptAction? {
        if isReset {
            sendFailed(bytes.count)
            return nil
        }
        if expectsResponses { requests.send(bytes.span) }
        finishStep()
        return .send(bytes)
    }

    private mutating func drip(
        _ bytes: [UInt8],
        _ size: Int,
        _ interval: Duration
    ) -> ScriptAction? {
        if isDripPausing {
            isDripPausing = false
            return .pause(interval)
        }
        let piece = Array(bytes.dropFirst(dripped).prefix(size))
        let here = position
        guard let action = send(piece) else { return nil }
        dripped += piece.count
        if dripped < bytes.count {
            position = here
            isDripPausing = true
        } else {
            dripped = 0
        }
        return action
    }
}
