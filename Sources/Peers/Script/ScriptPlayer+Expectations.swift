internal import Bytes
internal import HTTPWire

// What is expected, and whether it has come.
extension ScriptPlayer {
    /// Goes on where `expectation` is met or cannot be any more; answers for what to wait otherwise.
    mutating func look(for expectation: ScriptExpectation) -> ScriptAction? {
        guard failure == nil else { return nil }
        let place = position
        switch expectation {
        case .bytes(let bytes): lookForBytes(bytes)
        case .count(let count): if pending.count >= count { take(count) }
        case .anything: if !pending.isEmpty { finishStep() }
        case .until(let mark):
            if let range = pending.firstRange(of: mark) { take(range.upperBound) }
        case .message(let kind): read(kind)
        case .silence:
            if !pending.isEmpty { fail(.unexpectedBytes(expectation, pending)) }
        case .end:
            if !pending.isEmpty {
                fail(.unexpectedBytes(expectation, pending))
            } else if hasEnded, !isReset {
                finishStep()
            }
        case .reset: if isReset { finishStep() }
        }
        guard failure == nil, position == place, isStillWaiting(expectation) else { return nil }
        if !isWaiting {
            isWaiting = true
            waits += 1
        }
        if case .silence(let time) = expectation { return .receive(time) }
        return .receive(nil)
    }

    /// Whether more may come; stops where not.
    private mutating func isStillWaiting(_ expectation: ScriptExpectation) -> Bool {
        guard hasEnded else { return true }
        switch expectation {
        // Behind a close there is nothing but silence, or a reset.
        case .silence where !isReset, .reset: return true
        case .bytes, .count, .anything, .until, .message, .silence, .end: break
        }
        let received = taken + pending.count
        if isAtRound, received == 0 {
            stop()
        } else if isReset {
            fail(.resetInstead(expectation, received: received))
        } else {
            fail(.ended(expectation, received: received))
        }
        return false
    }

    private mutating func take(_ count: Int) {
        pending.removeFirst(count)
        finishStep()
    }

    private mutating func lookForBytes(_ bytes: [UInt8]) {
        let length = min(bytes.count, pending.count)
        if let index = (0..<length).first(where: { bytes[$0] != pending[$0] }) {
            fail(.otherBytes(expected: bytes, received: pending, at: index))
        } else if length == bytes.count {
            take(length)
        }
    }

    private mutating func read(_ kind: ScriptMessage) {
        var reader =
            self.reader
            ?? PlayedMessageReader(
                role: kind == .request ? .request : .response,
                answering: kind == .response ? requests.next() : .ordinary
            )
        let count = reader.read(pending.span)
        pending.removeFirst(count)
        taken += count
        if hasEnded, !reader.isOver { reader.end(isReset ? .reset : .endOfStream) }
        self.reader = reader
        guard reader.isOver else { return }
        messages.append(reader.message)
        finishStep()
    }
}
