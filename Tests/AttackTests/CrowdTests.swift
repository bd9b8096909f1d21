import Foundation
import PeerTransport
import Testing

extension Attacks {
    /// More clients than anybody expects, and clients that go.
    struct CrowdTests {
        private static let get = "GET /index.txt HTTP/1.1\r\nHost: x\r\n\r\n"

        @Test func `five thousand idle connections hold nobody up`() throws {
            try #require(DescriptorLimit.raise() > 5200)
            let server = try AttackedServer(
                ["--no-request-log", "--first-byte-time", "1h", "--keep-alive-time", "1h"]
            )
            #expect(try server.serves())
            let baseline = try #require(server.descriptorCount())
            var idle = try (0..<5000).map { _ in try server.connect() }
            for connection in idle[..<2500] { try connection.send(Self.get) }
            for connection in idle[..<2500] { #expect(try connection.response().status == 200) }
            #expect(try server.serves())
            #expect(eventually { server.descriptorCount() ?? 0 >= 5000 })
            for connection in idle[4990...] { try connection.send(Self.get) }
            for connection in idle[4990...] { #expect(try connection.response().status == 200) }
            idle = []
            #expect(eventually { server.descriptorCount() ?? 0 <= baseline })
            #expect(try server.serves())
        }

        @Test func `beyond the limit an idle connection makes room`() throws {
            let server = try AttackedServer(["--max-connections", "8"])
            let idle = try (0..<8).map { _ in try server.connect() }
            for connection in idle { try connection.send(Self.get) }
            for connection in idle { #expect(try connection.response().status == 200) }
            for _ in 0..<8 { #expect(try server.serves()) }
        }

        @Test func `where none is idle a new connection is told so, and served afterwards`() throws
        {
            let server = try AttackedServer(["--max-connections", "8"])
            var busy = try (0..<8).map { _ in try server.connect() }
            for connection in busy { try connection.beginPut("new", of: 1) }
            #expect(try server.ask(Self.get).status == 503)
            #expect(server.logged.contains("all 8 connections are busy"))
            for connection in busy { try connection.send("a") }
            for connection in busy {
                #expect([201, 204].contains(try connection.response().status))
            }
            busy = []
            #expect(try eventually { try server.serves() })
        }

        @Test func `resets at any moment leave nothing behind`() throws {
            let server = try AttackedServer()
            try server.write(String(repeating: "a", count: 8 << 20), to: "large.txt")
            #expect(try server.serves())
            let baseline = try #require(server.descriptorCount())
            let beginnings = [
                "", "G", "GET /index.txt HTTP/1.1\r\n", Self.get, Self.get + Self.get,
                "GET /large.txt HTTP/1.1\r\nHost: x\r\n\r\n",
                "PUT /new HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nabc",
                "PUT /index.txt HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
            ]
            for round in 0..<50 {
                for (index, beginning) in beginnings.enumerated() {
                    let connection = try server.connect()
                    try connection.send(beginning)
                    if (round + index) % 3 == 0 { connection.finishSending() }
                    if (round + index) % 3 == 1 { connection.willReset() }
                }
            }
            #expect(try server.serves())
            #expect(eventually { server.descriptorCount() ?? 0 <= baseline })
            #expect(try server.names() == ["index.txt", "large.txt"])
            #expect(try server.read("index.txt") == "Hello World!\n")
        }

        @Test func `with few descriptors it serves as many as it can, and says so`() throws {
            let server = try AttackedServer(prelude: "ulimit -n 48; ")
            #expect(server.logged.contains("room for 24 connections only"))
            let many = try (0..<60).map { _ in try server.connect() }
            for connection in many { try? connection.send(Self.get) }
            let statuses = try many.map { try $0.response().status }
            #expect(statuses.count { $0 == 200 } >= 24)
            #expect(try server.serves())
        }

        @Test func `with few descriptors and requests that stop, others are told so`() throws {
            let server = try AttackedServer(prelude: "ulimit -n 64; ")
            var stopped = try (0..<300).map { _ in try server.connect() }
            for connection in stopped { try? connection.send("GET / HT") }
            #expect(eventually { (try? server.ask(Self.get).status) == 503 })
            stopped = []
            #expect(eventually { (try? server.serves()) == true })
        }

        #if os(Linux)
            @Test func `out of descriptors it goes on serving, and says so`() throws {
                let server = try AttackedServer()
                let idle = try (0..<20).map { _ in try server.connect() }
                for connection in idle { try connection.send(Self.get) }
                for connection in idle { #expect(try connection.response().status == 200) }
                let open = try #require(server.descriptorCount())
                // From here on not one more can be opened.
                try setDescriptorLimit(open, of: server)
                for _ in 0..<5 { #expect(try server.serves()) }
                #expect(server.logged.contains("out of file descriptors"))
                try setDescriptorLimit(1000, of: server)
                #expect(try server.serves())
            }

            private func setDescriptorLimit(_ limit: Int, of server: AttackedServer) throws {
                let prlimit = try Process.run(
                    URL(fileURLWithPath: "/usr/bin/prlimit"),
                    arguments: ["--pid", "\(server.processIdentifier)", "--nofile=\(limit):1000"]
                )
                prlimit.waitUntilExit()
                try #require(prlimit.terminationStatus == 0)
            }
        #endif
    }
}
