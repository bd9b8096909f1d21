package import Peers

/// What playing a script on one connection came to.
package struct Play: Sendable {
    /// Something that happened on the connection.
    package enum Event: Sendable, Hashable {
        /// Bytes that were given to the system in one piece.
        case sent([UInt8])
        /// Bytes that the system had received.
        case received([UInt8])
        /// This end closed for sending (FIN).
        case halfClosed
        /// This end broke the connection (RST).
        case broken
        /// The other end closed for sending (FIN).
        case ended
        /// The other end broke the connection (RST).
        case reset
    }

    /// An event, and when it was, from the beginning of the connection.
    package struct Moment: Sendable, Hashable {
        package var time: Duration
        package var event: Event
    }

    /// The most memory that the events take, in bytes; the bytes of what is beyond are only counted.
    package static let limit = 64 << 20
    /// What an event takes beside its bytes.
    private static let eventSize = 64

    /// Counts connections from 0.
    package var number: Int
    /// This end; `nil` where there was no connection.
    package var local: HostAndPort?
    /// The other end.
    package var peer: HostAndPort
    /// How long it took to connect; `nil` at the end that was connected to.
    package var connectTime: Duration?
    /// What happened, in order.
    package private(set) var moments: [Moment] = []
    /// Bytes sent, received, and of both those that are not kept in ``moments``.
    package private(set) var sent = 0
    package private(set) var received = 0
    package private(set) var omitted = 0
    private var kept = 0
    /// The messages that were expected and came.
    package var messages: [PlayedMessage] = []
    /// Why the script was not played to its end, in one sentence; `nil` where it was.
    package var failure: String?
    /// Whether the connection could not be made.
    package var isUnconnected = false

    package init(number: Int, peer: HostAndPort) {
        self.number = number
        self.peer = peer
    }

    mutating func note(_ event: Event, at time: Duration) {
        switch event {
        case .sent(let bytes):
            sent += bytes.count
            if !keep(bytes.count) { return }
        case .received(let bytes):
            received += bytes.count
            if !keep(bytes.count) { return }
        case .halfClosed, .broken, .ended, .reset: break
        }
        moments.append(Moment(time: time, event: event))
    }

    private mutating func keep(_ count: Int) -> Bool {
        if kept <= Self.limit - count - Self.eventSize {
            kept += count + Self.eventSize
            return true
        }
        omitted += count
        return false
    }
}
