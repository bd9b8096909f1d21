import HTTPWire
import Logging
import NIOCore
import NIOPosix
import PeerTransport
import Peers
import Testing

struct ServerTests {
    @Test func `a hundred connections at once are all answered and no line is lost`() async throws {
        try await withServer { server, store in
            try store.replace(.index, with: [])
            let client = server.client
            let statuses = try await withThrowingTaskGroup(of: Int?.self) { group in
                for number in 0..<100 {
                    let text =
                        "PATCH /index.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n"
                        + "\(1000 + number)"
                    group.addTask { try await client.exchange(Array(text.utf8)).statusCode }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 200, count: 100))
            let lines = try String(decoding: store.read(.index), as: UTF8.self).split(
                separator: "\n"
            )
            #expect(lines.compactMap { Int($0) }.sorted() == Array(1000..<1100))
        }
    }

    @Test(arguments: [WireMode.report, .standard])
    func `the silence rule holds with many waiting at once`(wire: WireMode) async throws {
        try await withServer(wire) { server, _ in
            let bytes = ReportRequest.postWithoutBlankLine.bytes(wire: .report)
            let client = server.client
            try await withThrowingTaskGroup(of: Int?.self) { group in
                for _ in 0..<50 {
                    group.addTask { try await client.exchange(bytes).statusCode }
                }
                for try await status in group { #expect(status == 204) }
            }
        }
    }

    @Test func `a client that shuts down its sending side gets its answers`() async throws {
        // So long an idle time that only the half close can have ended the request.
        try await withServer(idleTime: .seconds(3600)) { server, _ in
            let text = "GET /index.txt HTTP/1.1\r\nHost: x\r\n\r\nPOST / HTTP/1.1\r\nHost: x\r\n"
            let received = try await exchangeWithHalfClose(text, with: server.end)
            #expect(received.contains("HTTP/1.1 200 OK"))
            #expect(received.contains("HTTP/1.1 204 No Content"))
        }
    }

    @Test func `many requests sent ahead are answered in order`() async throws {
        try await withServer { server, _ in
            let count = 2000
            let request = "GET /index.txt HTTP/1.1\r\nHost: x\r\n\r\n"
            let text = String(repeating: request, count: count)
            let received = try await exchangeWithHalfClose(text, with: server.end)
            #expect(received.split(separator: "Hello World!").count == count + 1)
        }
    }

    @Test func `a second server on the same port says who has it`() async throws {
        try await withServer { server, store in
            var configuration = HTTPFileServerConfiguration()
            configuration.port = server.end.port
            let error = ServerStartError.addressInUse(server.end)
            await #expect(throws: error) {
                try await HTTPFileServer.start(
                    configuration,
                    store: store,
                    logger: Logger(label: "test")
                )
            }
        }
    }

    @Test func `a stopped server has closed what was idle`() async throws {
        try await withServer { server, _ in
            let idle = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(host: server.end.host, port: server.end.port).get()
            // Its answer shows that the server has accepted the connection before it, too.
            _ = try await server.client.exchange(ReportRequest.getFile.bytes(wire: .report))
            await server.stop(grace: .seconds(3600))
            try await idle.closeFuture.get()
        }
    }

    /// Sends `text`, shuts down the sending side, and collects everything until the server closes.
    private func exchangeWithHalfClose(
        _ text: String,
        with end: HostAndPort
    ) async throws -> String {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: end.host, port: end.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(isOutboundHalfClosureEnabled: true)
                    )
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            outbound.finish()
            var received = ByteBuffer()
            for try await part in inbound { received.writeImmutableBuffer(part) }
            return String(buffer: received)
        }
    }
}
