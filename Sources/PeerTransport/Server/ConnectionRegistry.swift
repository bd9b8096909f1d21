internal import NIOCore
internal import Synchronization

/// The open connections of a server, so that it can limit and end them.
final class ConnectionRegistry: Sendable {
    /// What becomes of a new connection.
    enum Admission: Sendable, Hashable {
        /// It is served.
        case admitted
        /// It is told that there is no room.
        case declined
        /// It is closed without a word: too many are being told already, or the server stops.
        case closed
    }

    /// An open connection.
    final class Entry: Sendable {
        let channel: any Channel
        /// Since when it has been idle, in nanoseconds of `NIODeadline`; 0 while it is not.
        private let idleSince = Atomic<UInt64>(0)
        /// Its place in the registry, which guards it.
        fileprivate let place = Atomic<Int>(0)
        /// Whether it was told that there is no room.
        fileprivate let isDeclined = Atomic(false)

        fileprivate init(_ channel: any Channel) { self.channel = channel }

        /// Takes note of whether it is idle.
        func setIdle(_ isIdle: Bool) {
            let time = isIdle ? NIODeadline.now().uptimeNanoseconds : 0
            idleSince.store(time, ordering: .relaxed)
        }

        fileprivate var idleTime: UInt64 { idleSince.load(ordering: .relaxed) }
    }

    private struct Connections {
        var entries: [Entry] = []
        var declined = 0
        var isClosing = false
    }

    /// The most connections that are told at once that there is no room.
    private static let mostDeclined = 16
    /// How many connections are looked at to find one that has been idle for long.
    private static let sample = 32

    private let limit: Int
    private let connections = Mutex(Connections())

    /// Creates a registry for so many connections.
    init(limit: Int) { self.limit = limit }

    /// How many connections are open.
    var count: Int { connections.withLock { $0.entries.count } }

    /// Takes a new connection in until it closes.
    ///
    /// Where the limit is reached, one that is idle has to make room.
    func add(_ channel: any Channel) -> (admission: Admission, entry: Entry) {
        let entry = Entry(channel)
        let (admission, idle) = connections.withLock { connections in
            Self.admit(entry, to: &connections, limit: limit)
        }
        idle?.channel.pipeline.fireUserInboundEventTriggered(ServerNeedsRoom())
        guard admission != .closed else { return (admission, entry) }
        channel.closeFuture.whenComplete { [weak self] _ in
            self?.remove(entry, wasDeclined: admission == .declined)
        }
        return (admission, entry)
    }

    /// Has one idle connection closed, or else those that know already that there is no room.
    func makeRoom() {
        let dispensable = connections.withLock { connections in
            Self.longestIdle(of: connections.entries).map { [$0] }
                ?? connections.entries.filter { $0.isDeclined.load(ordering: .relaxed) }
        }
        for entry in dispensable {
            entry.channel.pipeline.fireUserInboundEventTriggered(ServerNeedsRoom())
        }
    }

    /// Takes no more connections, and answers those that are open.
    func close() -> [any Channel] {
        connections.withLock { connections in
            connections.isClosing = true
            return connections.entries.map(\.channel)
        }
    }

    private static func admit(
        _ entry: Entry,
        to connections: inout Connections,
        limit: Int
    ) -> (Admission, Entry?) {
        if connections.isClosing { return (.closed, nil) }
        var idle: Entry?
        var admission = Admission.admitted
        if connections.entries.count - connections.declined >= limit {
            idle = longestIdle(of: connections.entries)
            if idle == nil {
                if connections.declined >= mostDeclined { return (.closed, nil) }
                admission = .declined
                connections.declined += 1
                entry.isDeclined.store(true, ordering: .relaxed)
            }
        }
        // It is not to be chosen again before it has closed.
        idle?.setIdle(false)
        entry.place.store(connections.entries.count, ordering: .relaxed)
        connections.entries.append(entry)
        return (admission, idle)
    }

    /// Of some connections the one that has been idle for the longest time.
    private static func longestIdle(of entries: [Entry]) -> Entry? {
        let some = (0..<min(sample, entries.count)).map { index in
            entries.count <= sample
                ? entries[index] : entries[Int.random(in: entries.startIndex..<entries.endIndex)]
        }
        return some.filter { $0.idleTime > 0 }.min { $0.idleTime < $1.idleTime }
    }

    private func remove(_ entry: Entry, wasDeclined: Bool) {
        connections.withLock { connections in
            if wasDeclined { connections.declined -= 1 }
            // The last takes its place.
            guard let last = connections.entries.popLast(), last !== entry else { return }
            let place = entry.place.load(ordering: .relaxed)
            connections.entries[place] = last
            last.place.store(place, ordering: .relaxed)
        }
    }
}

/// Tells a connection's handler that the server stops.
struct ServerStops: Sendable {}

/// Tells a connection's handler that another needs its place, if it is idle or has been answered for
/// the last time.
struct ServerNeedsRoom: Sendable {}
