import Bytes

/// What a connection that is not HTTP/1 speaks, as far as the first bytes of one end tell at a
/// glance.
struct ProtocolGuess: Sendable, Hashable {
    /// How much of the connection is the protocol's.
    enum Reach: Sendable {
        /// HTTP may follow all the same.
        case none
        /// All that this end sends; the other may answer it in HTTP.
        case end
        /// Both directions to the end, if the server says so before it was asked anything.
        case greeted
        /// Both directions to the end.
        case connection
    }

    /// The protocols that begin so; where there are several, what the other end says may decide.
    private(set) var names: [String]
    let reach: Reach

    init(_ names: [String], _ reach: Reach = .none) {
        self.names = names
        self.reach = reach
    }

    /// What `bytes` tell, the first that an end sends; `nil` where they tell nothing.
    init?(_ bytes: Span<UInt8>) {
        if Self.isTLS(bytes) {
            self.init(["TLS"], .end)
            return
        }
        guard bytes.count >= 3, !Self.isPlainHTTP(bytes),
            let guess = Self.text(bytes) ?? Self.binary(bytes)
        else { return nil }
        self = guess
    }

    /// Protocols that stand in front of HTTP, carry it, or borrowed the form of its messages.
    private static let kin: Set = [
        "HTTP/2", "SOCKS 4", "SOCKS 5", "RTSP", "SIP", "ICAP", "WebSocket",
    ]

    /// Whether a client that begins so speaks HTTP only if it is answered in it.
    var needsAnswer: Bool {
        switch reach {
        case .none, .greeted: !leadsToHTTP
        case .end, .connection: false
        }
    }

    /// Whether HTTP may follow without more evidence.
    var leadsToHTTP: Bool { Self.kin.contains(names[0]) }

    /// The name of the protocol, or of those that it may be.
    var name: String { names.joined(separator: " or ") }

    /// Leaves out what the other end's first bytes rule out.
    mutating func narrow(by other: ProtocolGuess) {
        let common = names.filter(other.names.contains)
        if !common.isEmpty { names = common }
    }

    /// The name of the protocol; `nil` where the bytes tell none.
    static func name(of bytes: Span<UInt8>) -> String? { ProtocolGuess(bytes)?.name }

    /// Whether the first four bytes are those of nearly all messages; nothing else begins so.
    static func isPlainHTTP(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count >= 4 else { return false }
        return switch bytes.bigEndianUInt32(at: 0) {
        case 0x4854_5450, 0x4745_5420, 0x504F_5354, 0x4845_4144, 0x5055_5420: true
        default: false
        }
    }
}
