import Packets
import Support
import Testing
import Trace
import TraceComparison

@Suite struct TracePairingTests {
    private typealias Pair = (request: String, response: String)

    private static func get(_ target: String, _ fields: String = "") -> String {
        "GET \(target) HTTP/1.1\r\nHost: h\r\n\(fields)\r\n"
    }

    private static func ok(_ content: String, _ fields: String = "") -> String {
        "HTTP/1.1 200 OK\r\n\(fields)Content-Length: \(content.utf8.count)\r\n\r\n\(content)"
    }

    private func pairing(
        _ first: [Pair],
        _ second: [Pair],
        ignoring aspects: Set<ComparedAspect> = [],
        fields: Set<String>? = nil
    ) -> TracePairing {
        var options = ComparisonOptions()
        options.aspects.subtract(aspects)
        if let fields { options.ignoredFields = fields }
        return TracePairing(
            TracedExchanges(first).exchanges,
            TracedExchanges(second).exchanges,
            options: options
        )
    }

    /// The changes of the only pair, as `first | second`.
    private func changes(_ first: Pair, _ second: Pair) throws -> [String] {
        let pairing = pairing([first], [second])
        let row = try #require(pairing.rows.first)
        #expect(pairing.rows.count == 1)
        return row.changes.map { "\($0.first) | \($0.second)" }
    }

    /// Each row as `1=1`, `2≠3`, `2-`, `+4`, `1↕2`, places counted from 1.
    private func places(_ pairing: TracePairing) -> [String] {
        pairing.rows.map { row in
            let mark =
                switch row.verdict {
                case .same: "="
                case .changed: "≠"
                case .removed: "-"
                case .added: "+"
                case .moved: "↕"
                }
            let first = row.first.map { String($0 + 1) } ?? ""
            return first + mark + (row.second.map { String($0 + 1) } ?? "")
        }
    }

    private func trace(_ targets: String) -> [Pair] {
        targets.map { (Self.get("/target/\($0)"), Self.ok("\($0)")) }
    }

    @Test func `ports, times, sequence numbers and dates make no difference`() {
        func pairs(_ port: Int, _ second: Int) -> [Pair] {
            let date = "Tue, 24 Nov 2026 00:18:0\(second) GMT"
            let fields = "Date: \(date)\r\nX-Made: \(date)\r\nLocation: http://h:\(port)/x\r\n"
            return [(Self.get("http://h:\(port)/"), Self.ok("x", fields))]
        }
        let one = TracedExchanges(
            pairs(8080, 1),
            over: ConversationBuilder(
                server: Endpoint(address: IPAddress(version4: 0x7F00_0001), port: 8080)
            )
        )
        let other = TracedExchanges(
            pairs(9191, 2),
            over: ConversationBuilder(
                client: Endpoint(address: IPAddress(version4: 0x0A00_0009), port: 41_000),
                server: Endpoint(address: IPAddress(version4: 0x7F00_0001), port: 9191),
                start: Timestamp(nanoseconds: 1_800_000_000_000_000_000),
                clientSequence: 4_294_967_000,
                serverSequence: 77
            )
        )
        #expect(TracePairing(one.exchanges, other.exchanges).isSame)
        // Another port than the connection's is a difference.
        let third = TracedExchanges(pairs(9192, 2))
        #expect(!TracePairing(one.exchanges, third.exchanges).isSame)
    }

    @Test(arguments: [
        ("abc", "abc", ["1=1", "2=2", "3=3"]), ("abc", "ac", ["1=1", "2-", "3=2"]),
        ("ac", "abc", ["1=1", "+2", "2=3"]), ("", "a", ["+1"]), ("a", "", ["1-"]), ("", "", []),
        ("aab", "ab", ["1=1", "2-", "3=2"]),
        ("abcde", "bcdea", ["2=1", "3=2", "4=3", "5=4", "1↕5"]),
    ])
    func `exchanges are aligned`(first: String, second: String, expected: [String]) {
        // Connections differ where the first exchange is another.
        let pairing = pairing(trace(first), trace(second), ignoring: [.connections])
        #expect(places(pairing) == expected)
    }

    @Test func `order makes no difference where it is ignored`() {
        let aspects: Set<ComparedAspect> = [.order, .connections]
        #expect(pairing(trace("abc"), trace("cab"), ignoring: aspects).isSame)
        #expect(!pairing(trace("abc"), trace("cab"), ignoring: [.connections]).isSame)
        #expect(!pairing(trace("abc"), trace("cax"), ignoring: aspects).isSame)
    }

    @Test func `fields are compared in their order, names whatever their case`() throws {
        #expect(
            try changes(
                (Self.get("/", "A: 1\r\nB: 2\r\n"), Self.ok("x")),
                (Self.get("/", "A: 1\r\nb: 3\r\nC: 4\r\n"), Self.ok("x", "Server: s\r\n"))
            ) == ["> B: 2 | > b: 3", " | > C: 4", " | < Server: s"]
        )
        #expect(try changes((Self.get("/"), Self.ok("x")), (Self.get("/"), Self.ok("x"))) == [])
    }

    @Test(arguments: ["Date", "etag", "X-Request-ID"])
    func `volatile fields are left out unless they are asked for`(name: String) {
        let one: [Pair] = [(Self.get("/"), Self.ok("x", "\(name): 1\r\n"))]
        let other: [Pair] = [(Self.get("/"), Self.ok("x"))]
        #expect(pairing(one, other).isSame)
        #expect(!pairing(one, other, fields: []).isSame)
        #expect(pairing(one, other, fields: [name.lowercased()]).isSame)
    }

    @Test func `content is shown where it begins to differ`() throws {
        let long = String(repeating: "a", count: 100)
        #expect(
            try changes((Self.get("/"), Self.ok(long + "b")), (Self.get("/"), Self.ok(long + "c")))
                == [
                    #"< content of 101 bytes, from byte 84: "aaaaaaaaaaaaaaaab" "#
                        + #"| < content of 101 bytes, from byte 84: "aaaaaaaaaaaaaaaac""#
                ]
        )
        let one: [Pair] = [(Self.get("/"), Self.ok("one"))]
        #expect(pairing(one, [(Self.get("/"), Self.ok("two"))], ignoring: [.content]).isSame)
    }

    @Test func `start lines, findings and a missing response are compared`() throws {
        #expect(
            try changes(
                (Self.get("/"), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
                (Self.get("/"), "HTTP/1.1 404 Not Found\nContent-Length: 0\r\n\r\n")
            ) == [
                "< HTTP/1.1 200 OK | < HTTP/1.1 404 Not Found",
                " | < with bare-line-feed, mixed-line-endings",
            ]
        )
        #expect(
            try changes((Self.get("/"), ""), (Self.get("/"), "HTTP/1.1 204 N\r\n\r\n")) == [
                "< none | < HTTP/1.1 204 N", "connection-closed | ",
                "exchange with request-without-response | ",
            ]
        )
    }

    @Test func `segment cuts are compared`() {
        var small = ConversationBuilder()
        small.segmentSize = 30
        let pairs: [Pair] = [(Self.get("/"), Self.ok("content of some length"))]
        let one = TracedExchanges(pairs).exchanges
        let other = TracedExchanges(pairs, over: small).exchanges
        let pairing = TracePairing(one, other)
        #expect(
            pairing.rows.flatMap(\.changes).map { "\($0.first) | \($0.second)" } == [
                "< 1 segment | < 3 segments, cut at 30, 60"
            ]
        )
        var options = ComparisonOptions()
        options.aspects.remove(.segments)
        #expect(TracePairing(one, other, options: options).isSame)
    }

    @Test func `a new connection where there was one is a difference`() {
        let one = TracedExchanges(trace("ab")).exchanges
        let other = TracedExchanges(trace("a")).exchanges + TracedExchanges(trace("b")).exchanges
        let changes = TracePairing(one, other).rows.flatMap(\.changes)
        #expect(changes.map(\.first) == ["connection reused"])
        #expect(changes.map(\.second) == ["connection new"])
    }

    @Test func `long traces are aligned in windows`() {
        let targets = (0..<1200).map { "GET /path/number/\($0 * 7919 % 10_007) 200" }
        let one = TracedExchanges(targets).exchanges
        // Two are missing far apart, and one is new.
        var left = targets
        left.remove(at: 1100)
        left.insert("DELETE /other 405", at: 600)
        left.remove(at: 3)
        let pairing = TracePairing(one, TracedExchanges(left).exchanges)
        #expect(pairing.count(of: .same) == 1198)
        #expect(pairing.count(of: .removed) == 2)
        #expect(pairing.count(of: .added) == 1)
        #expect(pairing.rows.count == 1201)
    }
}
