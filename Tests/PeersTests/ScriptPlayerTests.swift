import Bytes
import HTTPWire
import Peers
import Support
import Testing

@Suite struct ScriptPlayerTests {
    @Test func `a step is taken when what is expected before it has come, in any cut`() throws {
        let text = "GET /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n"
        for delivery in deliveries(of: Array(text.utf8)) {
            var player = try player("expect request\n> 1\nexpect request\n> 2\n")
            var actions: [ScriptAction] = []
            for piece in delivery {
                player.receive(Array(piece).span)
                actions += player.untilItWaits()
            }
            #expect(actions == [.send([0x31]), .send([0x32]), .close])
            #expect(player.messages.map(\.target) == ["/a", "/b"])
        }
    }

    @Test(arguments: [
        ("< GET\n", "GET /", nil),
        (
            "< GET\n", "GXT",
            ScriptFailure.otherBytes(expected: [71, 69, 84], received: [71, 88, 84], at: 1)
        ),
        ("expect 3 bytes\nexpect until T\n> x\n", "abcGET", nil),
        ("expect end\n", "a", .unexpectedBytes(.end, [0x61])),
        ("expect silence 1s\n", "a", .unexpectedBytes(.silence(.seconds(1)), [0x61])),
    ])
    func `bytes are what was expected, or the play is over`(
        script: String,
        text: String,
        failure: ScriptFailure?
    ) throws {
        var player = try player(script)
        player.receive(Array(text.utf8).span)
        #expect(player.untilItWaits().last == .close)
        #expect(player.failure == failure)
    }

    @Test(arguments: [
        ("expect 3 bytes", false, ScriptFailure.ended(.count(3), received: 1)),
        ("expect 3 bytes", true, .resetInstead(.count(3), received: 1)),
        ("expect 1 byte\nexpect end", false, nil),
        ("expect 1 byte\nexpect end", true, .resetInstead(.end, received: 0)),
        ("expect 1 byte\nexpect reset", true, nil),
        (
            "expect 1 byte\nexpect silence 1s\n> x", true,
            .resetInstead(.silence(.seconds(1)), received: 0)
        ),
        ("expect 1 byte\n> x", true, .resetBeforeSending(length: 1)),
        ("expect 1 byte\n> x", false, nil),
    ])
    func `the other end's close and its reset are told apart`(
        script: String,
        isReset: Bool,
        failure: ScriptFailure?
    ) throws {
        var player = try player(script)
        player.receive([UInt8(ascii: "a")].span)
        if isReset { player.connectionReset() } else { player.inputEnded() }
        #expect(player.untilItWaits().last == .close)
        #expect(player.failure == failure)
    }

    @Test func `silence is what does not come in time, and the rest fails then`() throws {
        var silent = try player("expect silence 50ms\n> x")
        #expect(silent.nextAction() == .receive(.milliseconds(50)))
        silent.timeIsUp(.milliseconds(50))
        #expect(silent.untilItWaits() == [.send([0x78]), .close])
        #expect(silent.failure == nil)
        var failing = try player("expect response")
        failing.receive(Array("HTTP/1.1 2".utf8).span)
        #expect(failing.nextAction() == .receive(nil))
        failing.timeIsUp(.seconds(3))
        #expect(failing.failure == .timedOut(.message(.response), .seconds(3), received: 10))
        #expect(failing.nextAction() == .close)
    }

    @Test func `a response's end depends on the request that was sent`() throws {
        let head = "HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\n\\r\\n"
        let script = """
            > HEAD /a HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n
            > GET /b HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n
            expect response
            expect response
            """
        var player = try player(script)
        _ = player.untilItWaits()
        let received = try EscapedText.unescape(
            Array("HTTP/1.1 103 Early Hints\\r\\n\\r\\n\(head)\(head)hello".utf8).span
        )
        player.receive(received.span)
        #expect(player.untilItWaits() == [.close])
        #expect(player.messages.map(\.contentLength) == [0, 5])
        #expect(player.messages.map(\.interim) == [[103], []])
        #expect(player.messages.allSatisfy { $0.isComplete && $0.status == 200 })
    }

    @Test func `steps are repeated as often as said, or until the other end closes`() throws {
        var counted = try player("> a\nloop\n> b\nagain 2\n> c")
        #expect(
            counted.untilItWaits()
                == Array("abbbc".utf8).map { .send([$0]) } + [.close]
        )
        var endless = try player("loop\nexpect 1 byte\n> b\nagain")
        endless.receive([0x31, 0x32].span)
        #expect(endless.untilItWaits() == [.send([0x62]), .send([0x62])])
        endless.inputEnded()
        #expect(endless.untilItWaits() == [.close])
        #expect(endless.failure == nil)
    }

    @Test func `an endless sender stops when the other end breaks the connection`() throws {
        var player = try player("> a\nagain")
        for _ in 0..<1000 { #expect(player.nextAction() == .send([0x61])) }
        player.connectionReset()
        #expect(player.nextAction() == .close)
        #expect(player.failure == nil)
    }

    @Test func `a drip is sent piece by piece`() throws {
        var player = try player("drip 2 1s\n> abcde\ncut\n> f")
        #expect(
            player.untilItWaits() == [
                .send([0x61, 0x62]), .pause(.seconds(1)), .send([0x63, 0x64]), .pause(.seconds(1)),
                .send([0x65]), .send([0x66]), .close,
            ]
        )
    }

    private func player(_ text: String) throws -> ScriptPlayer {
        ScriptPlayer(try ScriptReader.read(Array(text.utf8)).section(0))
    }
}

extension ScriptPlayer {
    /// What it wants done until it waits for the other end, or is over.
    fileprivate mutating func untilItWaits() -> [ScriptAction] {
        var actions: [ScriptAction] = []
        while true {
            let action = nextAction()
            if case .receive = action { return actions }
            actions.append(action)
            if action == .close || action == .reset { return actions }
        }
    }
}
