import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Attacks {
    /// The end of a server.
    struct ShutdownTests {
        @Test(arguments: [SIGTERM, SIGINT])
        func `what is under way is finished, and nothing new begun`(signal: Int32) throws {
            let server = try AttackedServer(["--grace", "60s"])
            let idle = try server.connect()
            let busy = try server.connect()
            try busy.beginPut("new", of: 4)
            server.signal(signal)
            // The idle one is closed as soon as the server stops.
            #expect(try idle.receiveAll().isEmpty)
            #expect(throws: RawConnection.Failure.self) { try server.connect().receiveSomething() }
            try busy.send("abcd")
            let response = try busy.response()
            #expect(response.status == 201)
            #expect(response.field("Connection") == "close")
            #expect(server.exitCode() == 0)
            #expect(try server.read("new") == "abcd")
        }

        @Test func `what does not end is ended`() throws {
            let server = try AttackedServer(["--grace", "200ms"])
            let stuck = try server.connect()
            try stuck.beginPut("new", of: 4)
            server.signal(SIGTERM)
            #expect(server.exitCode() == 0)
            #expect(try server.names() == ["index.txt"])
        }
    }
}
