package import Packets

/// The exchanges that are in flight: each is told once, when its request has waited for a while.
package struct PendingExchanges: Sendable {
    /// How long a request waits before it is told, in nanoseconds.
    private static let patience: Int64 = 1_000_000_000

    private struct Key: Hashable, Sendable {
        var stream: Int
        var frame: Int
        var offset: Int
    }

    /// Those that were told and are still in flight.
    private var told: Set<Key> = []

    package init() {}

    /// Lends the exchanges of `tracer` that have waited long enough by `now` and were not told, in the
    /// order of their requests, each with how long it has waited, in nanoseconds.
    package mutating func look(
        at tracer: borrowing Tracer,
        now: Timestamp,
        _ body: (Exchange, Int64) -> Void
    ) {
        let (limit, overflow) = now.nanoseconds.subtractingReportingOverflow(Self.patience)
        guard !overflow else { return }
        var pending: Set<Key> = []
        var fresh: [Exchange] = []
        tracer.lendPending(askedBefore: Timestamp(nanoseconds: limit)) { exchange in
            let request = exchange.heldRequest
            let key = Key(
                stream: exchange.stream,
                frame: request.firstFrame,
                offset: request.streamOffset
            )
            pending.insert(key)
            if !told.contains(key) { fresh.append(exchange) }
        }
        told = pending
        fresh.sort { $0.heldRequest.firstFrame < $1.heldRequest.firstFrame }
        for exchange in fresh {
            body(exchange, now.nanoseconds - exchange.heldRequest.time.nanoseconds)
        }
    }
}
