import PeerTransport
import Testing

extension Attacks {
    /// Clients that take their time.
    struct SlownessTests {
        private static let get = "GET /index.txt HTTP/1.1\r\nHost: x\r\n\r\n"

        @Test func `a thousand clients that send a byte now and then hold nobody up`() throws {
            try #require(DescriptorLimit.raise() > 1200)
            let server = try AttackedServer(
                ["--first-byte-time", "1h", "--between-bytes-time", "1h", "--idle-time", "1h"]
                    + ["--request-time", "1h"]
            )
            let slow = try (0..<1000).map { _ in try server.connect() }
            let request = Array(Self.get.utf8)
            for byte in request.dropLast() {
                for connection in slow { try connection.send([byte]) }
                #expect(try server.serves())
            }
            for connection in slow { try connection.send([0x0A]) }
            for connection in slow { #expect(try connection.response().status == 200) }
        }

        @Test(arguments: [
            "G", "GET /index.txt HTTP/1.1\r\nHos",
            "PUT /new HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab",
            "PUT /new HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nab",
        ])
        func `a request that stops is answered 408 and changes nothing`(text: String) throws {
            let server = try AttackedServer(["--between-bytes-time", "200ms"])
            let connection = try server.connect()
            try connection.send(text)
            #expect(try connection.response().status == 408)
            #expect(try connection.receiveAll().isEmpty)
            #expect(try server.names() == ["index.txt"])
        }

        @Test(arguments: [
            "GET / HTTP/1.1\r\nA: ",
            "PUT /new HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n",
        ])
        func `a request that never stops coming is ended too`(text: String) throws {
            let options = ["--request-time", "500ms", "--max-content", "100000000"]
            let server = try AttackedServer(options)
            let connection = try server.connect()
            try connection.send(text)
            // A byte at a time, always within the time between bytes, until the server has had enough.
            _ = connection.sendUntilRefused([0x61], pausing: 10_000)
            #expect(eventually { server.logged.contains(" 408 ") })
            #expect(try server.names() == ["index.txt"])
        }

        @Test func `a connection without a byte, and one that is idle, are closed`() throws {
            let impatient = try AttackedServer(["--first-byte-time", "100ms"])
            #expect(try impatient.connect().receiveAll().isEmpty)
            // The time for a first byte stays long here: on a busy machine even a client that sends
            // at once may take longer than a test would wait for one that does not.
            let server = try AttackedServer(["--keep-alive-time", "100ms"])
            let idle = try server.connect()
            try idle.send(Self.get)
            #expect(try idle.response().status == 200)
            #expect(try idle.receiveAll().isEmpty)
        }

        @Test func `a client that takes nothing is given up, and holds nobody up`() throws {
            let server = try AttackedServer(["--between-bytes-time", "300ms"])
            try server.write(String(repeating: "a", count: 64 << 20), to: "large.txt")
            #expect(try server.serves())
            let baseline = try #require(server.descriptorCount())
            let slow = try (0..<50).map { _ in try server.connect() }
            for connection in slow {
                try connection.send("GET /large.txt HTTP/1.1\r\nHost: x\r\n\r\n")
            }
            #expect(try server.serves())
            #expect(eventually { server.descriptorCount() ?? 0 <= baseline })
            let cut = try slow[0].receiveAll()
            #expect(cut.count < 64 << 20)
        }

        @Test func `who sends ahead and takes nothing fills no memory`() throws {
            let server = try AttackedServer()
            let before = try #require(server.memory())
            let many = Array(String(repeating: Self.get, count: 1000).utf8)
            let greedy = try (0..<5).map { _ in try server.connect() }
            for connection in greedy { connection.sendWithoutWaiting(many, times: 200) }
            #expect(try server.serves())
            let after = try #require(server.memory())
            // The answers to all that was sent would take three times as much.
            #expect(after - before < 50 << 20)
        }
    }
}
