import Packets
import Support

extension MadeCapture {
    /// What TCP and a capture of it do to a stream.
    static let tcp: [MadeCapture] = order + repetition + ends + starts + holes + signals

    private static func made(
        _ name: String,
        _ what: String,
        _ body: (inout ConversationBuilder) -> Void
    ) -> MadeCapture {
        var builder = ConversationBuilder.opened
        body(&builder)
        return MadeCapture("tcp/" + name, what, builder)
    }

    /// Two exchanges whose second response comes in four segments: frames 7 to 10.
    private static let inSegments: [BuiltFrame] = {
        var builder = ConversationBuilder.opened
        builder.exchange("/a")
        builder.ask("/b")
        builder.segmentSize = 20
        builder.answer(String(repeating: "x", count: 40))
        builder.close()
        return builder.frames
    }()

    private static let order: [MadeCapture] = [
        MadeCapture(
            "tcp/out-of-order",
            "the first segment of a response comes last",
            inSegments.moving(6, to: 9)
        ),
        MadeCapture(
            "tcp/out-of-order-long",
            "a segment comes forty segments late",
            longSpan
        ),
        MadeCapture(
            "tcp/response-before-request",
            "the response was captured before the request that it answers",
            inSegments.swapping(3, 4)
        ),
        made("sequence-wrap", "the sequence numbers of both sides wrap inside an exchange") {
            $0 = ConversationBuilder(clientSequence: 0xFFFF_FFF0, serverSequence: 0xFFFF_FFF8)
            $0.handshake()
            $0 = .ordinary($0)
        },
    ]

    private static let longSpan: [BuiltFrame] = {
        var builder = ConversationBuilder.opened
        builder.ask("/a")
        builder.segmentSize = 10
        builder.answer(String(repeating: "x", count: 460))
        builder.close()
        return builder.frames.moving(5, to: 45)
    }()

    private static let repetition: [MadeCapture] = [
        made("retransmission", "a request is sent again a quarter of a second later") {
            $0.ask("/a")
            $0.wait(nanoseconds: 250_000_000)
            $0.put("GET /a HTTP/1.1\r\nHost: h\r\n\r\n", at: -28, from: .client)
            $0.answer("hello")
            $0.close()
        },
        made("retransmission-other-bytes", "a request is sent again, and says something else") {
            $0.ask("/a")
            $0.wait(nanoseconds: 250_000_000)
            $0.put("GET /b HTTP/1.1\r\nHost: h\r\n\r\n", at: -28, from: .client)
            $0.answer("hello")
            $0.close()
        },
        made("overlap-other-bytes", "two segments that wait hold other bytes for one place") {
            $0.put("st: b\r\n\r\n", at: 19, from: .client)
            $0.put("st: a\r\n\r\n", at: 19, from: .client)
            $0.send("GET /a HTTP/1.1\r\nHo", from: .client)
            $0.send("st: x\r\n\r\n", from: .client)
            $0.answer("hello")
            $0.close()
        },
        made("overlap-both-sides", "segments that overlap with the one before and behind") {
            $0.ask("/a")
            $0.put("length: 6\r\n\r\nabc", at: 25, from: .server)
            $0.put("HTTP/1.1 200 OK\r\nContent-le", at: 0, from: .server)
            $0.put("200 OK\r\nContent-length: 6\r\n\r\nabcdef", at: 9, from: .server)
            $0.close()
        },
        MadeCapture(
            "tcp/frame-captured-twice",
            "each frame is there twice, as on the interface any",
            ConversationBuilder.ordinary().frames.flatMap { [$0, $0] }
        ),
        MadeCapture("tcp/vlan-twins", "each frame is there with and without a tag", vlanTwins),
    ]

    private static let vlanTwins: [BuiltFrame] = ConversationBuilder.ordinary().frames
        .flatMap { frame in
            var tagged = frame
            tagged.bytes.insert(contentsOf: [0x81, 0, 0, 7], at: 12)
            tagged.originalLength += 4
            return [frame, tagged]
        }

    private static let ends: [MadeCapture] = [
        made("data-after-fin", "the server sends more behind its FIN") {
            $0.exchange("/a")
            $0.finish(from: .server)
            $0.send("more", from: .server)
        },
        made("reset-inside-response", "the connection is reset inside a response") {
            $0.ask("/a")
            $0.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", from: .server)
            $0.reset(from: .server)
        },
        made("forged-reset", "a RST far outside of the window, which nobody takes") {
            $0.ask("/a")
            $0.put("", at: 500_000_000, from: .server, flags: .rst)
            $0.answer("hello")
            $0.close()
        },
        made("half-close", "the client closes its direction before it is answered") {
            $0.ask("/a")
            $0.finish(from: .client)
            $0.answer("hello")
            $0.finish(from: .server)
        },
        made("no-answer-closed", "the server closes without an answer") {
            $0.ask("/a")
            $0.finish(from: .server)
            $0.finish(from: .client)
        },
        made("no-answer-reset", "the server resets without an answer") {
            $0.ask("/a")
            $0.reset(from: .server)
        },
        made("no-answer-captured", "the capture ends before the answer") { $0.ask("/a") },
        made("port-reuse", "the same ports are used again after an orderly end") {
            $0.exchange("/a")
            $0.close()
            $0.appendAgain("/b")
        },
        made("port-reuse-without-fin", "the same ports are used again, without an end between") {
            $0.ask("/a")
            $0.appendAgain("/b")
        },
    ]

    private static let starts: [MadeCapture] = [
        MadeCapture(
            "tcp/port-reuse-without-handshake",
            "the same ports are used again, and the handshake is not in the capture",
            reused
        ),
        made("fast-open", "the request comes in the SYN") { $0 = .fastOpen },
        made("simultaneous-open", "both sides send a SYN") { $0 = .simultaneous },
        MadeCapture(
            "tcp/joined-in-the-middle",
            "the capture begins with the end of a response",
            Array(inSegments[8..<10]) + laterExchange
        ),
        MadeCapture(
            "tcp/client-only",
            "the client's frames only",
            inSegments.filter { $0.isFromClient }
        ),
        MadeCapture(
            "tcp/server-only",
            "the server's frames only",
            inSegments.filter { !$0.isFromClient }
        ),
    ]

    private static let reused: [BuiltFrame] = {
        var builder = ConversationBuilder.opened
        builder.exchange("/a")
        builder.close()
        var next = ConversationBuilder(
            start: builder.time,
            clientSequence: 100,
            serverSequence: 700_000
        )
        next.handshake()
        next.exchange("/b")
        next.close()
        return builder.frames + next.frames.dropFirst(3)
    }()

    /// An exchange that goes on where ``inSegments`` ended, as if it had not been closed.
    private static let laterExchange: [BuiltFrame] = {
        var builder = ConversationBuilder.opened
        builder.exchange("/a")
        builder.ask("/b")
        builder.answer(String(repeating: "x", count: 40))
        let before = builder.frames.count
        builder.wait(nanoseconds: 1_000_000_000)
        builder.exchange("/c")
        return Array(builder.frames[before...])
    }()

    private static let holes: [MadeCapture] = [
        MadeCapture("tcp/hole-in-content", "a segment of content is lost", inSegments.dropping(8)),
        MadeCapture(
            "tcp/hole-in-header-section",
            "the first segment of a response is lost",
            inSegments.dropping(6)
        ),
        made("hole-of-messages", "an exchange between two others is lost") {
            $0.exchange("/a")
            $0.sendUnseen(28, from: .client)
            $0.sendUnseen(44, from: .server)
            $0.exchange("/c")
            $0.close()
        },
        MadeCapture(
            "tcp/snap-length",
            "frames are cut to 96 bytes",
            inSegments.cut(to: 96)
        ),
    ]

    private static let signals: [MadeCapture] = [
        made("keep-alive", "keep-alive probes with a byte that was sent before") {
            $0.exchange("/a")
            $0.put("\0", at: -1, from: .client, flags: .ack)
            $0.acknowledge(from: .server)
            $0.exchange("/b")
            $0.close()
        },
        made("zero-window", "the client's window closes, and is probed") {
            $0.ask("/a")
            $0.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab", from: .server)
            $0.put("", at: 0, from: .client, flags: .ack, window: 0)
            $0.put("c", at: 0, from: .server)
            $0.put("", at: 0, from: .client, flags: .ack, window: 0)
            $0.send("cd", from: .server)
            $0.close()
        },
        made("urgent", "a byte of the request is marked as urgent") {
            $0.put("GET /a", at: 0, from: .client, flags: [.psh, .ack, .urg])
            $0.sendUnseen(6, from: .client)
            $0.send(" HTTP/1.1\r\nHost: h\r\n\r\n", from: .client)
            $0.answer("hello")
            $0.close()
        },
    ]
}

extension ConversationBuilder {
    /// Lets the same ports open another connection, and an exchange on it.
    fileprivate mutating func appendAgain(_ target: String) {
        var next = ConversationBuilder(
            start: time,
            clientSequence: 900_000,
            serverSequence: 700_000
        )
        next.handshake()
        next.exchange(target)
        next.close()
        append(next.frames)
    }

    /// A connection whose SYN holds the request (RFC 7413).
    fileprivate static var fastOpen: ConversationBuilder {
        var builder = ConversationBuilder()
        let request = Array("GET /a HTTP/1.1\r\nHost: h\r\n\r\n".utf8)
        builder.append(from: .client, flags: .syn, payload: request)
        builder.append(from: .server, flags: [.syn, .ack])
        builder.acknowledge(from: .client)
        builder.answer("hello")
        builder.close()
        return builder
    }

    /// A connection that both ends open (RFC 9293 §3.5).
    fileprivate static var simultaneous: ConversationBuilder {
        var builder = ConversationBuilder()
        builder.append(from: .client, flags: .syn)
        builder.append(from: .server, flags: .syn)
        builder.put("", at: -1, from: .client, flags: [.syn, .ack])
        builder.put("", at: -1, from: .server, flags: [.syn, .ack])
        builder.exchange("/a")
        builder.close()
        return builder
    }
}

extension BuiltFrame {
    /// Whether it comes from port 50000 (0xC350), the client’s, over Ethernet and IPv4.
    fileprivate var isFromClient: Bool { bytes[34] == 0xC3 }
}
