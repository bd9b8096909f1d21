import Bytes

/// What a connection that is not HTTP/1 speaks, as far as the first bytes tell at a glance.
enum ProtocolGuess {
    /// The name of the protocol, or `nil` where the bytes tell none.
    static func name(of bytes: Span<UInt8>) -> String? {
        if isTLS(bytes) { return "TLS" }
        if bytes.starts(with: "SSH-") { return "SSH" }
        if bytes.starts(with: "PRI * HTTP/2.0\r\n") { return "HTTP/2" }
        if bytes.starts(with: "SIP/2.0 ") { return "SIP" }
        if bytes.starts(with: "RTSP/1.0 ") { return "RTSP" }
        if bytes.starts(with: "220 ") || bytes.starts(with: "220-") { return "SMTP or FTP" }
        if bytes.starts(with: "+OK ") { return "POP3" }
        if bytes.starts(with: "* OK ") { return "IMAP" }
        if bytes.starts(with: "\u{13}BitTorrent protocol") { return "BitTorrent" }
        if bytes.count >= 3, bytes[0] == 5, Int(bytes[1]) + 2 == bytes.count { return "SOCKS 5" }
        if bytes.count >= 9, bytes[0] == 4, bytes[1] == 1 || bytes[1] == 2,
            bytes[bytes.count - 1] == 0
        {
            return "SOCKS 4"
        }
        return nil
    }

    /// A TLS record of the handshake, version 3.x (RFC 8446 §5.1).
    static func isTLS(_ bytes: Span<UInt8>) -> Bool {
        bytes.count >= 5 && bytes[0] == 0x16 && bytes[1] == 3 && bytes[2] <= 4
    }
}
