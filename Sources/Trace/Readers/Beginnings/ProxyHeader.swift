import Bytes
public import Packets

/// The header of the PROXY protocol, by which a proxy tells the server whom it speaks for, in front of
/// all that the client sends (HAProxy's proxy-protocol.txt §2).
public struct ProxyHeader: Sendable, Hashable {
    /// 1, which is a line of text, or 2.
    public var version: Int
    /// The end that called the proxy; `nil` where the proxy does not know it, or speaks for itself.
    public var client: Endpoint?
    /// The end that it called.
    public var server: Endpoint?

    /// Creates a header.
    package init(version: Int, client: Endpoint? = nil, server: Endpoint? = nil) {
        self.version = version
        self.client = client
        self.server = server
    }
}

/// What the first bytes of a stream are to somebody who looks for a header of the PROXY protocol.
enum ProxyHeaderReading {
    /// They may become one.
    case incomplete
    /// They are none.
    case none
    /// They begin with one, of so many bytes.
    case header(ProxyHeader, length: Int)

    /// The most bytes of a header of version 1.
    private static let longestLine = 107

    private static let signature: [UInt8] = [
        0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
    ]

    init(_ bytes: [UInt8]) {
        if bytes.starts(with: Self.signature.prefix(bytes.count)) {
            self = Self.version2(bytes)
        } else if bytes.starts(with: Array("PROXY ".utf8).prefix(bytes.count)) {
            self = Self.version1(bytes)
        } else {
            self = .none
        }
    }

    /// `PROXY TCP4 192.0.2.1 192.0.2.2 50000 80` and CR LF, or `PROXY UNKNOWN` and anything (§2.1).
    private static func version1(_ bytes: [UInt8]) -> ProxyHeaderReading {
        guard let lineFeed = bytes.firstIndex(of: .lineFeed) else {
            return bytes.count < longestLine ? .incomplete : .none
        }
        guard lineFeed > 0, bytes[lineFeed - 1] == .carriageReturn else { return .none }
        let line = String(decoding: bytes[..<(lineFeed - 1)], as: UTF8.self)
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        let length = lineFeed + 1
        if words.count >= 2, words[1] == "UNKNOWN" {
            return .header(ProxyHeader(version: 1), length: length)
        }
        guard words.count == 6, words[1] == "TCP4" || words[1] == "TCP6",
            let client = Endpoint(words[2], port: words[4], isVersion6: words[1] == "TCP6"),
            let server = Endpoint(words[3], port: words[5], isVersion6: words[1] == "TCP6")
        else { return .none }
        return .header(ProxyHeader(version: 1, client: client, server: server), length: length)
    }

    /// A signature, a command, a family, a length, and the addresses (§2.2).
    private static func version2(_ bytes: [UInt8]) -> ProxyHeaderReading {
        guard bytes.count >= 16 else { return .incomplete }
        let span = bytes.span
        let (command, family) = (bytes[12], bytes[13])
        let length = 16 + Int(span.bigEndianUInt16(at: 14))
        guard command == 0x20 || command == 0x21 else { return .none }
        let isVersion6 = family >> 4 == 2
        let size = isVersion6 ? 36 : 12
        guard command == 0x21, isVersion6 || family >> 4 == 1, length >= 16 + size else {
            return .header(ProxyHeader(version: 2), length: length)
        }
        guard bytes.count >= 16 + size else { return .incomplete }
        let width = isVersion6 ? 16 : 4
        let header = ProxyHeader(
            version: 2,
            client: Endpoint(span, 16, port: 16 + 2 * width, isVersion6: isVersion6),
            server: Endpoint(span, 16 + width, port: 18 + 2 * width, isVersion6: isVersion6)
        )
        return .header(header, length: length)
    }
}

extension Endpoint {
    /// An address and a port as bytes, most significant first.
    fileprivate init(_ bytes: Span<UInt8>, _ address: Int, port: Int, isVersion6: Bool) {
        let ip =
            isVersion6
            ? IPAddress(
                high: bytes.bigEndianUInt64(at: address),
                low: bytes.bigEndianUInt64(at: address + 8)
            )
            : IPAddress(version4: bytes.bigEndianUInt32(at: address))
        self.init(address: ip, port: bytes.bigEndianUInt16(at: port))
    }

    /// An address and a port as text.
    fileprivate init?(_ address: Substring, port: Substring, isVersion6: Bool) {
        let ip = isVersion6 ? IPAddress(version6: address) : IPAddress(version4: address)
        guard let ip, let port = UInt16(port) else { return nil }
        self.init(address: ip, port: port)
    }
}

extension IPAddress {
    /// An address of IPv4 as text: four numbers and points between them.
    fileprivate init?(version4 text: Substring) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            guard let byte = UInt8(part) else { return nil }
            bits = bits << 8 | UInt32(byte)
        }
        self.init(version4: bits)
    }

    /// An address of IPv6 as text (RFC 4291 §2.2).
    fileprivate init?(version6 text: Substring) {
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        guard let front = halves.first.flatMap(Self.groups), halves.count <= 2 else { return nil }
        let back = halves.count == 2 ? Self.groups(halves[1]) : []
        guard let back else { return nil }
        let missing = 8 - front.count - back.count
        guard halves.count == 2 ? missing >= 1 : missing == 0 else { return nil }
        let all = front + [UInt16](repeating: 0, count: missing) + back
        self.init(
            high: all[..<4].reduce(0) { $0 << 16 | UInt64($1) },
            low: all[4...].reduce(0) { $0 << 16 | UInt64($1) }
        )
    }

    /// The groups of a part of an address; the last two may be written as an address of IPv4.
    private static func groups(_ text: Substring) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        var groups: [UInt16] = []
        for part in text.split(separator: ":", omittingEmptySubsequences: false) {
            if let group = UInt16(part, radix: 16), part.count <= 4 {
                groups.append(group)
            } else if let last = IPAddress(version4: part) {
                groups += [UInt16(truncatingIfNeeded: last.low >> 16)]
                groups += [UInt16(truncatingIfNeeded: last.low)]
            } else {
                return nil
            }
        }
        return groups.count <= 8 ? groups : nil
    }
}
