import Bytes

/// What a connection that is not HTTP/1 speaks, as far as the first bytes of a direction tell at a
/// glance: never a reason to leave anything out but for TLS and SSH, in which no HTTP can be seen.
enum ProtocolGuess {
    /// The name of the protocol, or `nil` where the bytes tell none.
    static func name(of bytes: Span<UInt8>) -> String? {
        if isTLS(bytes) { return "TLS" }
        guard bytes.count >= 4, !isPlainHTTP(bytes) else { return nil }
        return textProtocol(bytes) ?? binaryProtocol(bytes) ?? webSocket(bytes)
    }

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

    /// Whether the first four bytes are those of nearly all messages; nothing else begins so.
    private static func isPlainHTTP(_ bytes: Span<UInt8>) -> Bool {
        switch bytes.bigEndianUInt32(at: 0) {
        case 0x4854_5450, 0x4745_5420, 0x504F_5354, 0x4845_4144, 0x5055_5420: true
        default: false
        }
    }

    /// Protocols that begin with text of their own.
    private static func textProtocol(_ bytes: Span<UInt8>) -> String? {
        for (beginning, name) in beginnings where bytes.starts(with: beginning) { return name }
        return nil
    }

    // HTTP/2: RFC 9113 §3.4. SSH: RFC 4253 §4.2. The rest: greetings and first commands.
    private static let beginnings: [(StaticString, String)] = [
        ("PRI * HTTP/2.0\r\n", "HTTP/2"), ("SSH-", "SSH"), ("SIP/2.0 ", "SIP"),
        ("RTSP/1.0 ", "RTSP"), ("ICAP/1.0 ", "ICAP"), ("220 ", "SMTP or FTP"),
        ("220-", "SMTP or FTP"), ("EHLO ", "SMTP"), ("HELO ", "SMTP"), ("USER ", "FTP or POP3"),
        ("+OK ", "POP3"), ("* OK", "IMAP"), ("200 ", "NNTP"), ("201 ", "NNTP"),
        (":", "IRC"), ("NICK ", "IRC"), ("*1\r\n$", "Redis"), ("*2\r\n$", "Redis"),
        ("*3\r\n$", "Redis"), ("+PONG", "Redis"), ("-ERR ", "Redis"), ("AMQP", "AMQP"),
        ("<stream:", "XMPP"), ("<?xml version=", "XML"), ("RFB 00", "VNC"), ("@RSYNCD:", "rsync"),
        ("INFO {", "NATS"), ("CONNECT {", "NATS"), ("VERSION ", "memcached"),
        ("STAT ", "memcached"), ("\u{13}BitTorrent protocol", "BitTorrent"), ("GIOP", "GIOP"),
        ("JRMI", "Java RMI"),
    ]

    /// Protocols that begin with numbers of their own.
    private static func binaryProtocol(_ bytes: Span<UInt8>) -> String? {
        if isHTTP2Frame(bytes) { return "HTTP/2" }
        if let proxy = proxyProtocol(bytes) { return proxy }
        // The NetBIOS session header and SMB's mark (MS-SMB2 §2.1).
        if bytes.count >= 8, bytes[0] == 0,
            bytes.starts(with: "SMB", at: 5), bytes[4] == 0xFF || bytes[4] == 0xFE
        {
            return "SMB"
        }
        if bytes.count >= 7, bytes[0] == 3, bytes[1] == 0,
            Int(bytes.bigEndianUInt16(at: 2)) == bytes.count,
            bytes[5] & 0xF0 == 0xE0
                || bytes[5] & 0xF0 == 0xD0
        {
            return "RDP"
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
        if bytes.count >= 19, bytes.bigEndianUInt64(at: 0) == .max { return "BGP" }
        return isDNS(bytes) ? "DNS" : nil
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
            bytes[bytes.count - 1] == 0
        {
            return "SOCKS 4"
        }
        return nil
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
