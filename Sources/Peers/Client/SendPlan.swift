internal import Bytes

/// How the connection is left when everything was sent and answered.
package enum SendEnd: String, Sendable, CaseIterable {
    /// Close when the answers have come.
    case close
    /// Close for sending right behind the last byte, and then wait for the answers.
    case halfClose = "half-close"
    /// Break the connection (RST) when the answers have come.
    case reset
    /// Wait until the server closes.
    case server
}

/// What `httptrace-client send` is to do on a connection.
package struct SendPlan: Sendable {
    /// What is sent of one message, and how many answers it gets.
    package struct Message: Sendable {
        package var steps: [ScriptStep]
        package var answers: Int

        /// Creates a message of steps that are known.
        package init(steps: [ScriptStep], answers: Int) {
            self.steps = steps
            self.answers = answers
        }

        /// Creates a message of bytes; it gets as many answers as there are requests in it,
        /// one at least where it has bytes.
        ///
        /// - Parameters:
        ///   - bytes: what is sent.
        ///   - cuts: offsets in `bytes` at which a segment ends; others than those inside are left
        ///     out.
        ///   - segmentSize: the most bytes of a segment.
        ///   - pause: how long to wait between two segments.
        package init(
            _ bytes: [UInt8],
            cuts: Set<Int> = [],
            segmentSize: Int = .max,
            pause: Duration = .zero
        ) {
            steps = []
            var start = 0
            for border in cuts.filter({ (1..<bytes.count).contains($0) }).sorted() + [bytes.count] {
                while start < border {
                    let end = border - start > segmentSize ? start + segmentSize : border
                    if start > 0, pause > .zero { steps.append(.pause(pause)) }
                    steps.append(.send(Array(bytes[start..<end])))
                    start = end
                }
            }
            var requests = SentRequests()
            requests.send(bytes.span)
            requests.end()
            answers = bytes.isEmpty ? 0 : max(1, requests.count)
        }
    }

    /// The messages, in order.
    package var messages: [Message]
    /// Whether they are sent one behind the other, and answers waited for behind the last only.
    package var isPipelined = false
    /// What is waited between messages.
    package var pause = Duration.zero
    /// How the connection is left.
    package var end = SendEnd.close

    /// Creates a plan.
    package init(messages: [Message]) { self.messages = messages }

    /// The plan as a script's steps.
    package var steps: [ScriptStep] {
        var steps: [ScriptStep] = []
        var waiting = 0
        for (index, message) in messages.enumerated() {
            if index > 0, pause > .zero { steps.append(.pause(pause)) }
            steps += message.steps
            waiting += message.answers
            let isLast = index == messages.count - 1
            if isLast, end == .halfClose { steps.append(.halfClose) }
            guard isLast || !isPipelined else { continue }
            steps += Array(repeating: .expect(.message(.response)), count: waiting)
            waiting = 0
        }
        switch end {
        case .close: break
        case .halfClose, .server: steps.append(.expect(.end))
        case .reset: steps.append(.reset)
        }
        return steps
    }
}
