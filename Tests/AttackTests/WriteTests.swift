import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Attacks {
    /// What must be true of the files whatever happens.
    struct WriteTests {
        @Test func `lines that sixty-four clients append are all there, each in one piece`() throws
        {
            let server = try AttackedServer()
            try patch([server], lines: 20)
            check(try server.read("log.txt"), lines: 20)
        }

        @Test func `two servers with the same root lose no line either`() throws {
            let first = try AttackedServer()
            let second = try AttackedServer(root: first.root)
            try patch([first, second], lines: 10)
            check(try first.read("log.txt"), lines: 10)
        }

        private func patch(_ servers: [AttackedServer], lines: Int) throws {
            let clients = try (0..<64).map { try servers[$0 % servers.count].connect() }
            for number in 0..<lines {
                for (index, client) in clients.enumerated() {
                    let line = Self.line(client: index, number: number)
                    // Half of them in chunks, cut inside the line.
                    let half = line.prefix(50)
                    let rest = line.dropFirst(50)
                    let body =
                        index % 2 == 0
                        ? "Content-Length: \(line.count)\r\n\r\n\(line)"
                        : "Transfer-Encoding: chunked\r\n\r\n\(String(half.count, radix: 16))\r\n\(half)\r\n"
                            + "\(String(rest.count, radix: 16))\r\n\(rest)\r\n0\r\n\r\n"
                    try client.send("PATCH /log.txt HTTP/1.1\r\nHost: x\r\n\(body)")
                }
                for client in clients {
                    let status = try client.response().status
                    #expect([200, 201].contains(status))
                }
            }
        }

        private func check(_ log: String, lines: Int) {
            let expected = (0..<64).flatMap { client in
                (0..<lines).map { Self.line(client: client, number: $0) }
            }
            #expect(log.split(separator: "\n").map(String.init).sorted() == expected.sorted())
        }

        private static func line(client: Int, number: Int) -> String {
            "client \(client) line \(number) " + String(repeating: "x", count: 100)
        }

        /// The server is killed while clients change a file, again and again; whenever that happens,
        /// the file is one that was PUT, or what it was before.
        @Test func `a server that is killed during PUT leaves old or new content`() throws {
            let first = try AttackedServer()
            let root = first.root
            let contents = (0..<4).map { String(repeating: "\($0)", count: 1 << 20) }
            var seen: Set<String> = ["Hello World!\n"]
            for round in 0..<12 {
                let server = try AttackedServer(root: root)
                // What a killed one has left behind is gone.
                #expect(try server.names() == ["index.txt"])
                let clients = try contents.map { _ in try server.connect() }
                for (client, content) in zip(clients, contents) {
                    try client.send(
                        "PUT /index.txt HTTP/1.1\r\nHost: x\r\nContent-Length: \(content.count)\r\n\r\n"
                            + content
                    )
                }
                // After as many answers as there are rounds: also while others are on their way.
                for client in clients.prefix(round % 4) { _ = try client.response() }
                server.signal(SIGKILL)
                _ = server.exitCode()
                let content = try server.read("index.txt")
                #expect(contents.contains(content) || content == "Hello World!\n")
                seen.insert(content)
            }
            #expect(seen.count > 1)
        }

        @Test(arguments: [0o444, 0o400])
        func `a file without write permission stays as it is`(mode: Int) throws {
            let server = try AttackedServer()
            unsafe chmod(server.root.appendingPathComponent("index.txt").path, mode_t(mode))
            for method in ["PUT", "PATCH"] {
                let response = try server.ask(
                    "\(method) /index.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx"
                )
                #expect(response.status == 403)
            }
            let post = "Filename: index Content: x"
            let response = try server.ask(
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(post.count)\r\n\r\n\(post)"
            )
            #expect(response.status == 403)
            #expect(try server.read("index.txt") == "Hello World!\n")
            #expect(try server.names() == ["index.txt"])
        }

        @Test func `where there is no space the old content stays`() throws {
            // The limit of the system on a file's length stands for a full disk.
            let server = try AttackedServer(prelude: "ulimit -f 100; ")
            let content = String(repeating: "a", count: 1 << 20)
            for method in ["PUT", "PATCH"] {
                let response = try server.ask(
                    "\(method) /index.txt HTTP/1.1\r\nHost: x\r\nContent-Length: \(content.count)\r\n\r\n"
                        + content
                )
                #expect(response.status == 507)
            }
            #expect(try server.read("index.txt") == "Hello World!\n")
            #expect(try server.names() == ["index.txt"])
            #expect(try server.serves())
        }

        @Test func `a folder that is not there is told, and none is made`() throws {
            let server = try AttackedServer(["--durable"])
            let missing = try server.ask(
                "PUT /none/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx"
            )
            #expect(missing.status == 404)
            let made = try server.ask("PUT /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx")
            #expect(made.status == 201)
            #expect(try server.names() == ["index.txt", "x"])
        }
    }
}
