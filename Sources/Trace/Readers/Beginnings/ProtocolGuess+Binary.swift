import Bytes

// Protocols whose ends begin with numbers of their own.
extension ProtocolGuess {
    /// A TLS record of version 3.x (RFC 8446 §5.1): the handshake's, or one of those that a capture
    /// meets which joins later.
    static func isTLS(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count >= 5, bytes[1] == 3, bytes[2] <= 4 else { return false }
        let length = bytes.bigEndianUInt16(at: 3)
        return switch bytes[0] {
        case 0x16: true
        case 0x14: length == 1
        case 0x15: length == 2 || 16...64 ~= length
        case 0x17: 16...16_640 ~= length
        default: false
        }
    }

    /// Protocols that begin with numbers of their own.
    static func binary(_ bytes: Span<UInt8>) -> ProtocolGuess? {
        if isTelnet(bytes) { return ProtocolGuess(["Telnet"], .greeted) }
        guard bytes.count >= 4 || bytes[0] == 5 else { return nil }
        if isRemoteDesktop(bytes) { return ProtocolGuess(["RDP"], .end) }
        return (binaryName(bytes) ?? webSocket(bytes)).map { ProtocolGuess([$0]) }
    }

    /// A command of Telnet: IAC, and WILL, WON'T, DO, DON'T or SB (RFC 854).
    private static func isTelnet(_ bytes: Span<UInt8>) -> Bool {
        bytes[0] == 0xFF && 0xFA...0xFE ~= bytes[1]
    }

    /// A request for, or the confirmation of, a connection behind the header of TPKT, as remote
    /// desktops begin (RFC 1006 §6; MS-RDPBCGR §2.2.1.1).
    private static func isRemoteDesktop(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count >= 7, bytes[0] == 3, bytes[1] == 0 else { return false }
        let length = Int(bytes.bigEndianUInt16(at: 2))
        guard 7...bytes.count ~= length, bytes[4] <= length - 5 else { return false }
        return bytes[5] & 0xF0 == 0xE0 || bytes[5] & 0xF0 == 0xD0
    }

    private static func binaryName(_ bytes: Span<UInt8>) -> String? {
        if isHTTP2Frame(bytes) { return "HTTP/2" }
        if let proxy = proxyProtocol(bytes) { return proxy }
        // The NetBIOS session header and SMB's mark (MS-SMB2 §2.1).
        if bytes.count >= 8, bytes[0] == 0,
            bytes.starts(with: "SMB", at: 5), bytes[4] == 0xFF || bytes[4] == 0xFE
        {
            return "SMB"
        }
        if bytes.count >= 8, bytes.bigEndianUInt32(at: 4) == 80_877_103 { return "PostgreSQL" }
        if bytes.count >= 8, bytes.bigEndianUInt32(at: 0) == bytes.count,
            bytes.bigEndianUInt32(at: 4) == 0x0003_0000
        {
            return "PostgreSQL"
        }
        if bytes[0] == 0x10, bytes.count >= 8,
            bytes.starts(with: "MQTT", at: 4) || bytes.starts(with: "MQIsdp", at: 4)
        {
            return "MQTT"
        }
        if bytes.count > 5, bytes[3] == 0, bytes[4] == 10, Int(bytes[0]) + 4 == bytes.count {
            return "MySQL"
        }
        if let name = callName(bytes) { return name }
        if bytes.count >= 19, bytes.bigEndianUInt64(at: 0) == .max { return "BGP" }
        return isDNS(bytes) ? "DNS" : nil
    }

    /// Calls that say how long they are: of git (gitprotocol-pack), of LDAP, which begins with a
    /// bind, a search or an extended operation (RFC 4511 §4.2, §4.5, §4.12), of MongoDB, and of ONC RPC
    /// (RFC 5531 §9, §11).
    private static func callName(_ bytes: Span<UInt8>) -> String? {
        if bytes.starts(with: "git-", at: 4) { return "git" }
        guard bytes.count >= 12 else { return nil }
        if bytes[0] == 0x30, bytes[2] == 2, bytes[3] == 1, [0x60, 0x63, 0x77].contains(bytes[5]) {
            return "LDAP"
        }
        if bytes.count >= 16, bytes[2] == 0, bytes[3] == 0, bytes[14] == 0, bytes[15] == 0 {
            let kind = Int(bytes[12]) | Int(bytes[13]) << 8
            if kind == 2013 || kind == 2004 { return "MongoDB" }
        }
        if bytes.count >= 16, bytes[0] & 0x80 != 0, bytes.bigEndianUInt32(at: 8) == 0,
            bytes.bigEndianUInt32(at: 12) == 2
        {
            return "ONC RPC"
        }
        return nil
    }

    /// A frame of HTTP/2 as a connection begins with: SETTINGS on stream 0 (RFC 9113 §6.5).
    private static func isHTTP2Frame(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count >= 9, bytes[3] == 4, bytes[4] <= 1 else { return false }
        let length = Int(bytes.bigEndianUInt32(at: 0) >> 8)
        return length % 6 == 0 && length <= 120 && bytes.bigEndianUInt32(at: 5) == 0
    }

    /// SOCKS (RFC 1928), and its version 4.
    private static func proxyProtocol(_ bytes: Span<UInt8>) -> String? {
        if bytes[0] == 5, Int(bytes[1]) + 2 == bytes.count { return "SOCKS 5" }
        if bytes.count >= 9, bytes[0] == 4, bytes[1] == 1 || bytes[1] == 2,
            bytes[bytes.count - 1] == 0, hasSOCKSNames(bytes)
        {
            return "SOCKS 4"
        }
        return nil
    }

    /// Whether a request of SOCKS 4 ends with the name of a user, and of a host only where the
    /// address is none.
    private static func hasSOCKSNames(_ bytes: Span<UInt8>) -> Bool {
        let ends = (8..<bytes.count).count { bytes[$0] == 0 }
        let isNamed = bytes.bigEndianUInt32(at: 4) < 256 && bytes[7] != 0
        return ends == (isNamed ? 2 : 1)
    }

    /// A message behind its length (RFC 1035 §4.2.2), with counts as messages have them.
    private static func isDNS(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count >= 14, Int(bytes.bigEndianUInt16(at: 0)) + 2 == bytes.count else {
            return false
        }
        let questions = bytes.bigEndianUInt16(at: 6)
        return questions == 1 && bytes.bigEndianUInt16(at: 8) < 64 && bytes[4] & 0x78 == 0
    }

    /// One whole WebSocket frame (RFC 6455 §5.2), as a capture meets it that joins later.
    private static func webSocket(_ bytes: Span<UInt8>) -> String? {
        guard bytes[0] & 0x70 == 0, [1, 2, 8, 9, 10].contains(bytes[0] & 0x0F), bytes[0] >= 0x80
        else { return nil }
        let isMasked = bytes[1] & 0x80 != 0
        var header = isMasked ? 6 : 2
        var length = Int(bytes[1] & 0x7F)
        if length == 126 {
            length = Int(bytes.bigEndianUInt16(at: 2))
            header += 2
        } else if length == 127 {
            return nil
        }
        return header + length == bytes.count ? "WebSocket" : nil
    }
}
