internal import NIOCore
internal import Synchronization

/// The open connections of a server, so that it can end them.
final class ConnectionRegistry: Sendable {
    private struct Connections {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var isClosing = false
    }

    private let connections = Mutex(Connections())

    /// Takes a new connection in until it closes; `false` if the server is stopping.
    func add(_ channel: any Channel) -> Bool {
        let isAdded = connections.withLock { connections in
            if connections.isClosing { return false }
            connections.channels[ObjectIdentifier(channel)] = channel
            return true
        }
        guard isAdded else { return false }
        channel.closeFuture.whenComplete { [weak self] _ in self?.remove(channel) }
        return true
    }

    /// Takes no more connections, and answers those that are open.
    func close() -> [any Channel] {
        connections.withLock { connections in
            connections.isClosing = true
            return Array(connections.channels.values)
        }
    }

    private func remove(_ channel: any Channel) {
        connections.withLock { $0.channels[ObjectIdentifier(channel)] = nil }
    }
}

/// Tells a connection's handler that the server stops.
struct ServerStops: Sendable {}
