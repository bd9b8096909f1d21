import Bytes
package import HTTPWire

/// What went over a connection after CONNECT or Upgrade had turned it over to another protocol.
public struct SwitchedTraffic: Sendable {
    /// What one end sent.
    public struct Side: Sendable {
        /// The captured bytes.
        public internal(set) var bytes = 0

        /// Its frames, where the protocol is WebSocket.
        package internal(set) var frames: WebSocketFrameCounter?

        /// Its first bytes, by which what is inside a tunnel is recognised.
        var beginning: [UInt8] = []

        /// Adds `count` bytes that it sent; where `sent` are not all of them, only their number is
        /// known.
        package mutating func take(_ sent: Span<UInt8>, of count: Int) {
            bytes += count
            guard sent.count == count else {
                frames?.skip(count)
                return
            }
            frames?.take(sent)
            let room = SwitchedTraffic.beginningLength - beginning.count
            if room > 0 {
                beginning.append(copying: sent.extracting(0..<min(room, sent.count)))
            }
        }
    }

    /// How many of the first bytes are kept: as many as HTTP/2's preface has.
    private static let beginningLength = 24

    /// The protocol as the response's Upgrade field names it, or `tunnel` after CONNECT.
    public let name: String

    /// What the client sent since.
    public package(set) var client = Side()
    /// What the server sent since.
    public package(set) var server = Side()

    /// Whether the connection was followed to its end, so that ``client`` and ``server`` hold all.
    public package(set) var isCounted = false

    package init(name: String) {
        self.name = name
        guard name.utf8.span.equalsIgnoringCase("websocket") else { return }
        client.frames = WebSocketFrameCounter()
        server.frames = WebSocketFrameCounter()
    }

    /// What the first bytes show, where they do: `TLS` or `HTTP/2` inside a tunnel, for example.
    public var recognized: String? {
        // A WebSocket's frames are read anyway.
        if client.frames != nil { return nil }
        return ProtocolGuess.name(of: client.beginning.span)
            ?? ProtocolGuess.name(of: server.beginning.span)
    }
}
