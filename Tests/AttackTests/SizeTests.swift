import Testing

extension Attacks {
    /// More than anybody needs.
    struct SizeTests {
        private static let limits = ["--max-header", "10000", "--max-content", "100000"]
        /// More than goes through while the server still reads what it drops.
        private static let most = 1 << 36
        private static let filler = [UInt8](repeating: 0x61, count: 10_000)

        @Test(arguments: [
            ("GET /", 414), ("GET / HTTP/1.1\r\nA: ", 431), ("GET / HTTP/1.1\r\nHost: x\r\nB", 431),
            ("PUT /new HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;", 431),
            ("PUT /new HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: ", 431),
        ])
        func `a line without end is refused at the limit`(beginning: String, status: Int) throws {
            let server = try AttackedServer(Self.limits)
            let connection = try server.connect()
            try connection.send(beginning)
            #expect(connection.sendUntilRefused(Self.filler, atMost: Self.most))
            #expect(eventually { server.logged.contains(" \(status) ") })
            #expect(try server.serves())
            #expect(try server.names() == ["index.txt"])
        }

        @Test func `a header section of many short lines is refused at the limit`() throws {
            let server = try AttackedServer(Self.limits)
            let connection = try server.connect()
            try connection.send("GET /index.txt HTTP/1.1\r\nHost: x\r\n")
            #expect(connection.sendUntilRefused(Array("A: b\r\n".utf8), atMost: Self.most))
            #expect(eventually { server.logged.contains(" 431 ") })
        }

        @Test func `chunks without end are refused at the limit and written nowhere`() throws {
            let server = try AttackedServer(Self.limits)
            let connection = try server.connect()
            try connection.send(
                "PUT /new HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            )
            let chunk = Array("2710\r\n".utf8) + Self.filler + Array("\r\n".utf8)
            #expect(connection.sendUntilRefused(chunk, atMost: Self.most))
            #expect(eventually { server.logged.contains(" 413 ") })
            #expect(try server.names() == ["index.txt"])
        }

        @Test func `an answer to too much reaches a client that stops to read it`() throws {
            let server = try AttackedServer(Self.limits)
            let length = try server.ask(
                "PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 100001\r\n\r\n"
            )
            #expect(length.status == 413)
            #expect(length.field("Connection") == "close")
            let most = String(repeating: "a", count: 100_000)
            let fits = try server.ask(
                "PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n\(most)"
            )
            #expect(fits.status == 201)
        }

        @Test(arguments: [
            "99999999999999999999", "-1", "+1", "0x10", "1e3", "18446744073709551617",
        ])
        func `a length that is none is refused`(length: String) throws {
            let server = try AttackedServer()
            let response = try server.ask(
                "PUT /new HTTP/1.1\r\nHost: x\r\nContent-Length: \(length)\r\n\r\n"
            )
            #expect([400, 413].contains(response.status))
            #expect(try server.names() == ["index.txt"])
        }

        @Test func `content of all clients together is limited, and given back`() throws {
            let server = try AttackedServer(["--max-buffered", "1000000"])
            for _ in 0..<5 {
                let large = try server.connect()
                try? large.send("PUT /new HTTP/1.1\r\nHost: x\r\nContent-Length: 1000002\r\n\r\n")
                try? large.send([UInt8](repeating: 0x61, count: 1_000_001))
                #expect(try large.response().status == 503)
                let small = String(repeating: "a", count: 900_000)
                // The books are kept as the bytes come: until the one before is let go, all is taken.
                #expect(
                    try eventually {
                        let put = "PUT /small HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n"
                        return [201, 204].contains(try server.ask(put + small).status)
                    }
                )
            }
            #expect(try server.names() == ["index.txt", "small"])
        }

        @Test func `requests beyond the number for one connection are not answered`() throws {
            let server = try AttackedServer(["--max-requests", "3"])
            let connection = try server.connect()
            let get = "GET /index.txt HTTP/1.1\r\nHost: x\r\n\r\n"
            try connection.send(String(repeating: get, count: 5))
            let text = String(decoding: try connection.receiveAll(), as: UTF8.self)
            #expect(text.split(separator: "200 OK").count == 4)
            #expect(text.split(separator: "Connection: close").count == 2)
        }

        @Test func `noise is answered 400 and does no harm`() throws {
            let server = try AttackedServer(["--between-bytes-time", "200ms"])
            var generator = SystemRandomNumberGenerator()
            for _ in 0..<200 {
                let connection = try server.connect()
                try? connection.send(
                    (0..<500).map { _ in UInt8.random(in: 0...255, using: &generator) }
                )
                connection.finishSending()
                let status = try connection.response().status
                #expect([0, 400, 408, 414, 431, 501, 505].contains(status), "\(status)")
            }
            #expect(try server.serves())
        }
    }
}
