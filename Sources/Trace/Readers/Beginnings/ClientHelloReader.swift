import Bytes

/// Reads the server's name from the first message of TLS, which is sent in clear (RFC 8446 §4.1.2,
/// RFC 6066 §3), however it is cut into records and segments.
struct ClientHelloReader: Sendable {
    /// The most bytes that are kept; no message of this kind is as long in practice.
    private static let limit = 16 << 10

    private static let handshakeRecord: UInt8 = 22
    private static let clientHello: UInt8 = 1
    private static let serverNameExtension: UInt16 = 0
    /// The most characters of a host's name (RFC 1035 §3.1).
    private static let nameLimit = 255

    /// The stream so far, until the message is whole.
    private var bytes: [UInt8] = []

    /// The name as it was sent; `nil` where there is none, or it has not come.
    private(set) var serverName: [UInt8]?
    /// Whether nothing more is to be learned.
    private(set) var isOver = false

    /// What it takes of memory, in bytes.
    var footprint: Int { bytes.capacity + (serverName?.capacity ?? 0) }

    /// Takes the next bytes of the stream.
    mutating func take(_ further: Span<UInt8>) {
        guard !isOver else { return }
        bytes.append(copying: further.extracting(0..<min(further.count, Self.limit - bytes.count)))
        let message = Self.message(in: bytes.span)
        guard message.isWhole || message.isNone || bytes.count >= Self.limit else { return }
        if message.isWhole { serverName = Self.serverName(in: message.bytes.span) }
        isOver = true
        bytes = []
    }

    /// The message as far as it has come, without the headers of records.
    private struct Handshake {
        var bytes: [UInt8] = []
        var isWhole = false
        /// Whether something else came.
        var isNone = false
    }

    private static func message(in stream: Span<UInt8>) -> Handshake {
        var message = Handshake()
        var start = 0
        while start + 5 <= stream.count {
            guard stream[start] == handshakeRecord else {
                message.isNone = true
                return message
            }
            let length = Int(stream.bigEndianUInt16(at: start + 3))
            let end = min(start + 5 + length, stream.count)
            message.bytes.append(copying: stream.extracting(start + 5..<end))
            if let first = message.bytes.first, first != clientHello || length == 0 {
                message.isNone = true
                return message
            }
            if message.bytes.count >= 4 {
                let head = message.bytes.span.bigEndianUInt32(at: 0)
                message.isWhole = message.bytes.count >= 4 + Int(head & 0xFF_FFFF)
                if message.isWhole { return message }
            }
            start += 5 + length
        }
        return message
    }

    /// The first name of a host in the extensions of a message that is whole.
    private static func serverName(in message: Span<UInt8>) -> [UInt8]? {
        // The header, the version and the random number.
        var place = 4 + 2 + 32
        // Session, cipher suites, compression methods.
        for lengthBytes in [1, 2, 1] {
            guard let field = message.field(at: place, lengthBytes) else { return nil }
            place = field.upperBound
        }
        guard let extensions = message.field(at: place, 2) else { return nil }
        place = extensions.lowerBound
        while place + 4 <= extensions.upperBound,
            let body = message.field(at: place + 2, 2), body.upperBound <= extensions.upperBound
        {
            if message.bigEndianUInt16(at: place) == serverNameExtension {
                return hostName(in: message.extracting(body))
            }
            place = body.upperBound
        }
        return nil
    }

    /// The first name in a list, in which the type of a name is one byte, 0 for that of a host.
    private static func hostName(in list: Span<UInt8>) -> [UInt8]? {
        guard list.count > 3, list[2] == 0, let name = list.field(at: 3, 2),
            1...nameLimit ~= name.count
        else { return nil }
        return [UInt8](copying: list.extracting(name))
    }
}

extension Span<UInt8> {
    /// Where a field lies that has its length in front, in so many bytes; `nil` where it is not whole.
    fileprivate func field(at place: Int, _ lengthBytes: Int) -> Range<Int>? {
        let start = place + lengthBytes
        guard start <= count else { return nil }
        let length = lengthBytes == 1 ? Int(self[place]) : Int(bigEndianUInt16(at: place))
        return length <= count - start ? start..<start + length : nil
    }
}
