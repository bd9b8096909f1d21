internal import Logging
internal import NIOCore
internal import Synchronization

/// A warning whose cause may come back a thousand times a second; it is given once a second at
/// most, with the number of times.
final class RareWarning: Sendable {
    private struct Times {
        var next = NIODeadline.uptimeNanoseconds(0)
        var count = 0
    }

    private let text: String
    private let logger: Logger
    private let times = Mutex(Times())

    init(_ text: String, _ logger: Logger) {
        self.text = text
        self.logger = logger
    }

    /// Takes note that there is cause for it.
    func give() {
        let count = times.withLock { times -> Int? in
            times.count += 1
            let now = NIODeadline.now()
            guard now >= times.next else { return nil }
            defer { times = Times(next: now + .seconds(1), count: 0) }
            return times.count
        }
        guard let count else { return }
        logger.warning("\(text)\(count > 1 ? ", \(count) times since it was last said" : "")")
    }
}
