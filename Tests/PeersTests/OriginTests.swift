import Peers
import Testing

/// What browsers send for web pages that have no business with the server.
struct OriginTests {
    private static let host = "Host: 127.0.0.1:8080"
    private static let other = "http://evil.example"

    @Test(
        arguments: [
            ["Origin: \(other)"], ["Origin: \(other)", "Sec-Fetch-Site: cross-site"],
            ["Origin: null"], ["Origin: null", "Sec-Fetch-Site: same-origin"], ["origin:"],
            ["Origin: http://127.0.0.1:8081"], ["Origin: http://127.0.0.1"],
            ["Origin: https://127.0.0.1"], ["Origin: http://localhost:8080"],
            ["Origin: http://127.0.0.1:8080", "Origin: \(other)"],
            ["Origin: http://127.0.0.1:8080 \(other)"],
            ["Origin: http://127.0.0.1:8080@evil.example"],
            ["Origin: chrome-extension://127.0.0.1:8080"],
            ["Origin: http://127.0.0.1:8080", "Sec-Fetch-Site: same-site"],
            ["Sec-Fetch-Site: same-site"], ["SEC-FETCH-SITE: cross-site"], ["Sec-Fetch-Site:"],
            ["Sec-Fetch-Site: none", "Sec-Fetch-Site: cross-site"],
            ["Sec-Fetch-Site: same-origin, cross-site"], ["Sec-Fetch-Site: none", "Origin: null"],
            ["Referer: \(other)/page"], ["Referer: http://127.0.0.1:8081/"],
        ],
        WireMode.allCases
    )
    func `a page of another origin changes nothing`(lines: [String], wire: WireMode) {
        for method in ["POST", "PUT", "PATCH"] {
            let (status, requests) = outcome(method, [Self.host] + lines, wire)
            #expect(status == 403)
            #expect(requests == 0)
        }
    }

    @Test(
        arguments: [
            [], ["Sec-Fetch-Site: same-origin"], ["Sec-Fetch-Site: none"],
            ["Origin: http://127.0.0.1:8080"], ["Origin: HTTP://127.0.0.1:8080"],
            ["Origin: http://127.0.0.1:8080", "Sec-Fetch-Site: same-origin"],
            ["Origin: http://127.0.0.1:8080", "Referer: \(other)/"],
            ["Referer: http://127.0.0.1:8080/form.html?from=\(other)"],
            ["Content-Type: text/plain"], ["Content-Type: multipart/form-data; boundary=a"],
        ],
        WireMode.allCases
    )
    func `the server's own pages and what is no browser do`(lines: [String], wire: WireMode) {
        for method in ["POST", "PUT", "PATCH"] {
            #expect(outcome(method, [Self.host] + lines, wire) == (200, 1))
        }
    }

    @Test(arguments: [
        ("Host: files.example", "Origin: http://files.example"),
        ("Host: files.example:80", "Origin: http://files.example"),
        ("Host: Files.example", "Origin: http://files.EXAMPLE:80"),
        ("Host: files.example", "Origin: https://files.example"),
        ("Host: [::1]:8080", "Origin: http://[::1]:8080"),
    ])
    func `an origin is the host by whatever name it has`(host: String, origin: String) {
        #expect(outcome("PUT", [host, origin], .standard) == (200, 1))
    }

    @Test(arguments: ["GET", "HEAD", "OPTIONS"], WireMode.allCases)
    func `what changes nothing may come from anywhere`(method: String, wire: WireMode) {
        let lines = [Self.host, "Origin: \(Self.other)", "Sec-Fetch-Site: cross-site"]
        #expect(outcome(method, lines, wire) == (200, 1))
    }

    @Test(
        arguments: ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"],
        WireMode.allCases
    )
    func `a request for another host is refused`(method: String, wire: WireMode) {
        #expect(outcome(method, ["Host: evil.example:8080"], wire) == (421, 0))
        #expect(outcome(method, ["Host: evil.example", "Origin: \(Self.other)"], wire) == (421, 0))
        let target = "http://evil.example/a"
        #expect(outcome(method, [Self.host], wire, target).status != 200)
    }

    @Test func `of two hosts both count`() {
        #expect(outcome("GET", [Self.host, "Host: evil.example"], .report) == (421, 0))
    }

    @Test func `who names no host is no browser`() {
        #expect(outcome("GET", [], .report) == (200, 1))
        #expect(outcome("GET", ["Host: localhost"], .standard, "http://localhost/a").status == 200)
    }

    /// The status that the request gets, and how many requests are carried out.
    private func outcome(
        _ method: String,
        _ lines: [String],
        _ wire: WireMode,
        _ target: String = "/a"
    ) -> (status: Int?, requests: Int) {
        let hosts = ServedHosts(listeningOn: "127.0.0.1", names: ["files.example"])
        var conversation = Conversation(wire: wire, hosts: hosts)
        let fields = (lines + ["Content-Length: 0"]).joined(separator: "\r\n")
        conversation.receive("\(method) \(target) HTTP/1.1\r\n\(fields)\r\n\r\n")
        return (conversation.statuses.first, conversation.requests.count)
    }
}
