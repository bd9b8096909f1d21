import Support
import Testing
import Trace

/// What a client of TLS says in clear.
struct ClientHelloTests {
    private static let names = ["example.org", String(repeating: "long.", count: 40) + "org"]

    /// The message without the header of a record.
    private static func hello(_ name: String, padding: Int = 0) -> [UInt8] {
        let host = Array(name.utf8)
        let list = [0] + field(host, 2)
        let extensions =
            [0x00, 0x15] + field([UInt8](repeating: 0, count: padding), 2)
            + [0x00, 0x00] + field(field(list, 2), 2)
            + [0x00, 0x10] + field([0, 3, 2, 0x68, 0x32], 2)
        let body =
            [3, 3] + [UInt8](repeating: 7, count: 32) + field([UInt8](repeating: 1, count: 32), 1)
            + field([0x13, 0x01, 0x13, 0x02], 2) + field([0], 1) + field(extensions, 2)
        return [1, 0] + field(body, 2)
    }

    private static func field(_ bytes: [UInt8], _ lengthBytes: Int) -> [UInt8] {
        let high = lengthBytes == 2 ? [UInt8(bytes.count >> 8)] : []
        return high + [UInt8(bytes.count & 0xFF)] + bytes
    }

    /// The message in records of so many bytes.
    private static func records(_ message: [UInt8], of size: Int = 16_000) -> [UInt8] {
        stride(from: 0, to: message.count, by: size).flatMap { start in
            [22, 3, 1] + field(Array(message[start..<min(start + size, message.count)]), 2)
        }
    }

    private func summary(_ bytes: [UInt8], segments size: Int) -> TraceSummary {
        var builder = ConversationBuilder()
        builder.handshake()
        for start in stride(from: 0, to: bytes.count, by: size) {
            builder.send(Array(bytes[start..<min(start + size, bytes.count)]), from: .client)
        }
        builder.close()
        return Traced(builder).summary
    }

    @Test(arguments: names, [1, 3, 5, 100, 1400])
    func `the name of the server is read, however the segments cut it`(name: String, size: Int) {
        for records in [Self.records(Self.hello(name)), Self.records(Self.hello(name), of: 50)] {
            let summary = summary(records, segments: size)
            #expect(summary.otherStreams == ["TLS": 1])
            #expect(summary.foreignConnections.map(\.serverName) == [name])
            #expect(summary.foreignConnections.map(\.protocolName) == ["TLS"])
            #expect(summary.foreignConnections.map(\.server.port) == [80])
        }
    }

    @Test func `a long message is read, as those are that exchange keys of another kind`() {
        let summary = summary(Self.records(Self.hello("a.example", padding: 3000)), segments: 1400)
        #expect(summary.foreignConnections.map(\.serverName) == ["a.example"])
    }

    @Test(arguments: [1, 40])
    func `what is cut anywhere has no name, and does no harm`(step: Int) {
        let whole = Self.records(Self.hello("example.org"))
        for end in stride(from: 5, to: whole.count, by: step) {
            let summary = summary(Array(whole[..<end]), segments: 1400)
            #expect(summary.foreignConnections.map(\.serverName) == [nil])
        }
    }

    @Test func `what cannot be shown in a name is escaped`() {
        let summary = summary(Self.records(Self.hello("a\u{1B}[31m")), segments: 1400)
        #expect(summary.foreignConnections.map(\.serverName) == [#"a\x1b[31m"#])
    }

    @Test func `any byte of it may be another`() {
        let whole = Self.records(Self.hello("example.org"))
        for place in 5..<whole.count {
            for value: UInt8 in [0, 1, 0x7F, 0xFF] {
                var bytes = whole
                bytes[place] = value
                #expect(summary(bytes, segments: 1400).foreignConnections.count == 1)
            }
        }
    }
}
