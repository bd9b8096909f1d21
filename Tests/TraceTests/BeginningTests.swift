import Support
import Testing
import Trace

/// What the first bytes of an end tell of the protocol.
struct BeginningTests {
    private static let clients = [
        ("*2\r\n$3\r\nGET\r\n$1\r\na\r\n", "Redis"), ("get a\r\n", "memcached"),
        ("set a 0 60 5\r\n", "memcached"), ("cas a 0 0 5 77\r\n", "memcached"),
        ("version\r\n", "memcached"), ("<13>Jan  1 00:00:00 a b: c\n", "syslog"),
        ("120 <165>1 2003-10-11T22:14:15.003Z a b - - - c\n", "syslog"),
        ("NICK a\r\n", "IRC"), ("a1 LOGIN b c\r\n", "IMAP"), ("MODE READER\r\n", "NNTP"),
        ("CONNECT\naccept-version:1.2\n\n\0", "STOMP"), ("STOMP\nhost:a\n\n\0", "STOMP"),
        ("ZBXD\u{1}\0\0\0\0", "Zabbix"), ("\u{13}BitTorrent protocol", "BitTorrent"),
        ("AMQP\0\0\u{9}\u{1}", "AMQP"), ("0032git-upload-pack /a.git\0host=b\0", "git"),
        ("0\u{C}\u{2}\u{1}\u{1}`\u{7}\u{2}\u{1}\u{3}\u{4}\0\u{80}\0", "LDAP"),
        ("0%\u{2}\u{1}\u{1}c \u{4}\0\n\u{1}\u{2}\n\u{1}\0", "LDAP"),
        (":\0\0\0\u{1}\0\0\0\0\0\0\0\u{DD}\u{7}\0\0", "MongoDB"),
        ("\u{4}\u{1}\0P\u{C0}\0\u{2}\u{1}bob\0", "SOCKS 4"),
        ("\u{4}\u{1}\0P\0\0\0\u{1}bob\0a.example.test\0", "SOCKS 4"),
        ("\u{4}\u{1}\0+\0\0\u{1}\0\0\0\0\0", "unknown"), ("set a b\r\n", "unknown"),
        ("hello\r\n", "unknown"), ("<34 is less\r\n", "unknown"),
    ]

    private static let servers = [
        ("220 a ESMTP\r\n", "SMTP"), ("220 a FTP\r\n", "FTP"), ("+OK\r\n", "POP3"),
        ("* OK a\r\n", "IMAP"), ("SSH-2.0-a\r\n", "SSH"), ("RFB 003.008\n", "VNC"),
        ("@RSYNCD: 31.0\n", "rsync"), ("( success ( 2 2 ( ) ( ) ) ) ", "Subversion"),
        ("INFO {}\r\n", "NATS"), ("\u{FF}\u{FD}\u{18}", "Telnet"), ("hello\r\n", "unknown"),
    ]

    @Test(arguments: clients)
    func `the first words of a client name its protocol`(bytes: String, name: String) {
        #expect(streams(.client, bytes) == [name: 1])
    }

    @Test(arguments: servers)
    func `the greeting of a server names its protocol`(bytes: String, name: String) {
        #expect(streams(.server, bytes) == [name: 1])
    }

    private func streams(
        _ side: ConversationBuilder.Side,
        _ bytes: String
    ) -> [String: Int] {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.send(bytes.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }, from: side)
        builder.close()
        let summary = Traced(builder).summary
        #expect(summary.foreignConnections.map(\.protocolName) == Array(summary.otherStreams.keys))
        return summary.otherStreams
    }
}
