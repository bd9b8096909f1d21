import Bytes
import Foundation
import PeerTransport
import Peers
import Replay
import Testing
import TraceOutput

/// What is shown of a connection that was played, by real plays.
@Suite struct PlayOutputTests {
    @Test func `what was sent and came is shown as a script that plays the same`() async throws {
        let (client, server) = try await play(
            client: "> GET /a\ncut\n>  HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n\nexpect response\n",
            server: "expect request\n> HTTP/1.1 204 No\\r\\n\\r\\n\\xff\nexpect end\n"
        )
        let shown = text { PlayText.append(client, showsAll: false, to: &$0) }
        let steps = try ScriptReader.read(Array(shown.utf8)).section(0)
        #expect(
            steps == [
                .send(Array("GET /a".utf8)), .send(Array(" HTTP/1.1\r\nHost: h\r\n\r\n".utf8)),
                .expect(.bytes(Array("HTTP/1.1 204 No\r\n\r\n".utf8) + [0xFF])), .halfClose,
                .expect(.end),
            ]
        )
        #expect(shown.contains("# answered 204, 0 bytes of content\n"))
        #expect(
            text { PlayText.append(server, showsAll: true, to: &$0) }.contains("request GET /a")
        )
    }

    @Test func `as JSON it is one object with the documented members`() async throws {
        let (client, _) = try await play(
            client: "> GET /a HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n\nexpect response\nexpect 9 bytes\n",
            server:
                "expect request\n> HTTP/1.1 204 No\\r\\n\\r\\n\\xff\nexpect silence 20ms\nreset\n"
        )
        let line = text { PlayJSON.append(client, to: &$0) }
        #expect(line.filter { $0 == "\n" }.count == 1)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        )
        #expect(object["connection"] as? Int == 0)
        #expect((object["peer"] as? [String: Any])?["address"] as? String == "127.0.0.1")
        #expect(object["sent"] as? Int == 28)
        let events = try #require(object["events"] as? [[String: Any]])
        #expect(
            events.compactMap { $0["event"] as? String } == ["sent", "received", "peer-reset"]
        )
        #expect(events[0]["data"] as? String == "GET /a HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(events[1]["encoding"] as? String == "base64")
        let message = try #require((object["messages"] as? [[String: Any]])?.first)
        #expect(message["status"] as? Int == 204)
        #expect(message["complete"] as? Bool == true)
        let failure = try #require(object["failure"] as? String)
        #expect(failure.contains("reset the connection before the expected 9 bytes"))
    }

    @Test func `a server that is not there is one sentence`() async {
        // Port 1 (tcpmux) is nobody's on any machine that runs tests.
        let play = await ScriptClient(host: "127.0.0.1", port: 1).play([.send([0x61])])
        #expect(play.isUnconnected)
        #expect(play.failure?.contains("connection refused") == true)
        #expect(text { PlayText.append(play, showsAll: false, to: &$0) }.contains("# failed: "))
    }

    private func text(_ body: (inout OutputBuffer) -> Void) -> String {
        var buffer = OutputBuffer()
        body(&buffer)
        return buffer.withBytes { String(decoding: [UInt8](copying: $0), as: UTF8.self) }
    }

    /// Plays two scripts against each other; answers what the client's and the server's came to.
    private func play(client: String, server: String) async throws -> (Play, Play) {
        let (plays, ended) = AsyncStream.makeStream(of: Play.self)
        let running = try await ScriptServer.start(
            HostAndPort(host: "127.0.0.1", port: 0),
            try ScriptReader.read(Array(server.utf8)),
            timeout: .seconds(10)
        ) { ended.yield($0) }
        let play = await ScriptClient(host: "127.0.0.1", port: running.end.port)
            .play(try ScriptReader.read(Array(client.utf8)).section(0))
        var iterator = plays.makeAsyncIterator()
        let other = try #require(await iterator.next())
        await running.stop()
        return (play, other)
    }
}
