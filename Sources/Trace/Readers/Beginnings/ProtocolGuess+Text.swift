import Bytes

// Protocols whose ends begin with text: greetings, first commands, and request lines like HTTP's.
extension ProtocolGuess {
    static func text(_ bytes: Span<UInt8>) -> ProtocolGuess? {
        if let guess = beginning(bytes) { return guess }
        guard let end = bytes.firstIndex(of: .lineFeed) else { return nil }
        let line = bytes.extracting(0..<end)
        guard line.firstIndex(of: 0) == nil else { return nil }
        return requestLine(line) ?? tagged(line) ?? store(line) ?? log(line)
            ?? (bytes[0] == 0x3A ? chat(line) : nil)
    }

    private static func beginning(_ bytes: Span<UInt8>) -> ProtocolGuess? {
        for (beginning, names, reach) in beginnings where bytes.starts(with: beginning) {
            var guess = ProtocolGuess(names, reach)
            // Servers of mail and of files greet alike, and mostly say which they are.
            if names == mailOrFiles {
                if bytes.mentions("SMTP") { guess.narrow(by: ProtocolGuess(["SMTP"])) }
                if bytes.mentions("FTP") { guess.narrow(by: ProtocolGuess(["FTP"])) }
            }
            return guess
        }
        return nil
    }

    private static let mailOrFiles = ["SMTP", "FTP"]

    // HTTP/2: RFC 9113 §3.4. SSH: RFC 4253 §4.2. ICAP: RFC 3507. The rest: greetings and first
    // commands.
    private static let beginnings: [(StaticString, [String], Reach)] = [
        ("PRI * HTTP/2.0\r\n", ["HTTP/2"], .none), ("SSH-", ["SSH"], .end),
        ("SIP/2.0 ", ["SIP"], .none), ("RTSP/1.0 ", ["RTSP"], .none),
        ("ICAP/1.0 ", ["ICAP"], .connection),
        ("220 ", mailOrFiles, .greeted), ("220-", mailOrFiles, .greeted),
        ("421 ", mailOrFiles, .greeted), ("554 ", ["SMTP"], .greeted),
        ("554-", ["SMTP"], .greeted),
        ("EHLO", ["SMTP"], .none), ("HELO", ["SMTP"], .none), ("LHLO ", ["LMTP"], .none),
        ("MAIL FROM:", ["SMTP"], .none), ("AUTH TLS", ["FTP"], .none),
        ("AUTH SSL", ["FTP"], .none), ("AUTH ", ["SMTP", "POP3"], .none),
        ("FEAT\r\n", ["FTP"], .none), ("SYST\r\n", ["FTP"], .none),
        ("USER ", ["FTP", "POP3", "IRC"], .none), ("PASS ", ["FTP", "POP3", "IRC"], .none),
        ("CAPA\r\n", ["POP3"], .none), ("APOP ", ["POP3"], .none), ("STLS\r\n", ["POP3"], .none),
        ("+OK", ["POP3"], .greeted), ("* OK", ["IMAP"], .greeted),
        ("* PREAUTH", ["IMAP"], .greeted), ("* BYE", ["IMAP"], .greeted),
        ("200 ", ["NNTP"], .greeted), ("201 ", ["NNTP"], .greeted),
        ("MODE READER", ["NNTP"], .none), ("GROUP ", ["NNTP"], .none),
        ("ARTICLE ", ["NNTP"], .none), ("CAPABILITIES\r\n", ["NNTP"], .none),
        ("NICK ", ["IRC"], .none), ("CAP LS", ["IRC"], .none), ("NOTICE ", ["IRC"], .greeted),
        ("PING :", ["IRC"], .none), ("+PONG", ["Redis"], .none), ("-ERR ", ["Redis"], .none),
        ("AMQP", ["AMQP"], .none), ("<stream:", ["XMPP"], .none),
        ("<?xml version=", ["XML"], .none), ("RFB 00", ["VNC"], .greeted),
        ("@RSYNCD:", ["rsync"], .greeted), ("INFO {", ["NATS"], .none),
        ("CONNECT {", ["NATS"], .none), ("VERSION ", ["memcached"], .none),
        ("STAT ", ["memcached"], .none), ("\u{13}BitTorrent protocol", ["BitTorrent"], .none),
        ("CONNECT\n", ["STOMP"], .none), ("STOMP\n", ["STOMP"], .none),
        ("CONNECTED\n", ["STOMP"], .none), ("( success ( ", ["Subversion"], .greeted),
        ("ZBXD\u{01}", ["Zabbix"], .none), ("GIOP", ["GIOP"], .none), ("JRMI", ["Java RMI"], .none),
    ]

    /// A request line with the version of a protocol that borrowed its form from HTTP.
    private static func requestLine(_ line: Span<UInt8>) -> ProtocolGuess? {
        var end = line.count
        while end > 0, line[end - 1] <= .space { end -= 1 }
        var start = end
        while start > 0, line[start - 1] > .space { start -= 1 }
        let version = line.extracting(start..<end)
        if version.starts(with: "ICAP/") { return ProtocolGuess(["ICAP"], .connection) }
        if version.starts(with: "RTSP/") { return ProtocolGuess(["RTSP"]) }
        return version.starts(with: "SIP/") ? ProtocolGuess(["SIP"]) : nil
    }

    /// A command of IMAP behind its tag (RFC 9051 §2.2.1).
    private static func tagged(_ line: Span<UInt8>) -> ProtocolGuess? {
        guard let space = line.firstIndex(of: .space), 1...16 ~= space else { return nil }
        for command in imapCommands where line.starts(with: command, at: space + 1) {
            return ProtocolGuess(["IMAP"])
        }
        return nil
    }

    private static let imapCommands: [StaticString] = [
        "CAPABILITY", "LOGIN ", "AUTHENTICATE ", "STARTTLS", "SELECT ", "EXAMINE ", "FETCH ",
        "UID FETCH ", "IDLE", "LOGOUT",
    ]

    /// A message of syslog behind its priority (RFC 5424 §6.2.1), and behind its length as TCP may
    /// part them (RFC 6587 §3.4.1).
    private static func log(_ line: Span<UInt8>) -> ProtocolGuess? {
        var start = 0
        while start < line.count, start < 6, line[start].isDigit { start += 1 }
        if start > 0, start < line.count, line[start] == .space { start += 1 }
        guard start < line.count, line[start] == 0x3C,
            let end = line.firstIndex(of: 0x3E, from: start), 2...4 ~= end - start,
            (start + 1..<end).allSatisfy({ line[$0].isDigit })
        else { return nil }
        return ProtocolGuess(["syslog"])
    }

    /// A message of IRC that names its sender.
    private static func chat(_ line: Span<UInt8>) -> ProtocolGuess {
        let isGreeting = line.mentions(" NOTICE ") || line.mentions(" 001 ")
        return ProtocolGuess(["IRC"], isGreeting ? .greeted : .none)
    }
}

extension Span<UInt8> {
    /// Whether `word` is in its first line, in letters of either case.
    fileprivate func mentions(_ word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        let end = firstIndex(of: .lineFeed) ?? count
        guard end >= length else { return false }
        return (0...end - length).contains {
            extracting($0..<$0 + length).equalsIgnoringCase(word)
        }
    }
}
