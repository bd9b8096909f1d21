import NIOCore
import NIOPosix
import PeerTransport
import Peers
import Testing

/// Scripts on real sockets: what ends a play, and what it says then.
@Suite struct ScriptTests {
    @Test func `each connection plays the section whose turn it is`() async throws {
        let plays = try await play(
            count: 3,
            client: "expect 1 byte\nexpect end\n",
            server: "> a\nconnection\n> b\nconnection\n> c\n"
        )
        #expect(plays.map(\.failure) == [nil, nil, nil])
        #expect(plays.flatMap(\.moments).compactMap(\.received) == [[0x61], [0x62], [0x63]])
    }

    @Test(arguments: [
        ("expect end\n", "reset\n", "reset the connection before the expected end"),
        ("expect reset\n", "> a\nexpect silence 20ms\nreset\n", nil),
        ("> ab\nexpect silence 20ms\nreset\n", "expect 2 bytes\nexpect reset\n", nil),
        ("> a\nhalf-close\n< b\n", "< a\nexpect end\n> b\n", nil),
        ("expect 2 bytes\n", "> a\n", "closed before the expected 2 bytes: 1 byte had come"),
        ("< ab\n", "> ax\n", "expected \"ab\", got \"ax\": they differ at byte 1"),
    ])
    func `ends and resets are told apart`(
        client: String,
        server: String,
        failure: String?
    ) async throws {
        let play = try #require(try await play(client: client, server: server).first)
        guard let failure else {
            #expect(play.failure == nil)
            return
        }
        #expect(play.failure?.contains(failure) == true)
    }

    @Test func `what does not come in time ends the play`() async throws {
        let play = try await play(
            client: "expect 1 byte\n",
            server: "expect end\n",
            timeout: .seconds(3)
        )
        #expect(play.first?.failure == "expected 1 byte did not come within 3s: nothing had come")
    }

    @Test func `a script that goes on for ever is limited`() async throws {
        let play = try await play(
            client: "> a\nagain\n",
            server: "expect 1 byte\nagain\n",
            limit: .milliseconds(500)
        )
        #expect(play.first?.failure == "the connection was not over within 500ms")
        #expect(play.first?.sent ?? 0 > 1)
    }

    @Test func `a server that takes nothing is not waited for longer than the time limit`()
        async throws
    {
        // A small buffer, so that little crosses the loopback that other tests capture on.
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_rcvbuf), value: 4096)
            .childChannelOption(.autoRead, value: false)
            .bind(host: "127.0.0.1", port: 0).get()
        let client = ScriptClient(
            host: "127.0.0.1",
            port: listener.localAddress?.port ?? 0,
            timeout: .seconds(3)
        )
        let bytes = [UInt8](repeating: 0x61, count: 16 << 20)
        let play = await client.play([.send(bytes)])
        #expect(play.failure?.contains("took none of the last") == true)
        try await listener.close().get()
    }

    /// Plays a client's script against a server's, one connection after the other; answers what
    /// the client's side came to.
    private func play(
        count: Int = 1,
        client: String,
        server: String,
        timeout: Duration = .seconds(60),
        limit: Duration = .seconds(60)
    ) async throws -> [Play] {
        let running = try await ScriptServer.start(
            HostAndPort(host: "127.0.0.1", port: 0),
            try ScriptReader.read(Array(server.utf8)),
            timeout: .seconds(60)
        ) { _ in }
        let steps = try ScriptReader.read(Array(client.utf8)).section(0)
        let client = ScriptClient(
            host: "127.0.0.1",
            port: running.end.port,
            timeout: timeout,
            limit: limit
        )
        var plays: [Play] = []
        for number in 0..<count { plays.append(await client.play(steps, number: number)) }
        await running.stop()
        return plays
    }
}

extension Play.Moment {
    fileprivate var received: [UInt8]? {
        if case .received(let bytes) = event { bytes } else { nil }
    }
}
