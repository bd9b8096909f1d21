import PeerTransport
import Peers
import Testing

struct ReportExchangeTests {
    private static let head = "\nDate: Tue, 03 May 2022 16:57:42 KST\nServer: 127.0.0.1\n\n"

    private static let reportResponses = [
        "HTTP/1.1 200 OK\(head)Hello World!\n",
        "HTTP/1.1 404 Error\(head)",
        "HTTP/1.1 204 No content\(head)",
        "HTTP/1.1 200 OK\(head)New_Content\n",
        "HTTP/1.1 200 OK\(head)Hello World!\nHello_Sehee!\n",
        "HTTP/1.1 200 OK\(head)Information_is_updated.\n",
        "HTTP/1.1 405 Method Not Allowed \(head)",
        "HTTP/2 505  HTTP version not supported\(head)",
    ]

    @Test(arguments: WireMode.allCases, WireMode.allCases)
    func `all eight are answered as expected in every pair of modes`(
        server wire: WireMode,
        client: WireMode
    ) async throws {
        try await withServer(wire) { server, store in
            var contents: [String] = []
            for request in ReportRequest.all {
                let response = try await server.client.exchange(request.bytes(wire: client))
                #expect(response.answers(request.expectedStatus))
                if request.expectedStatus == 200 {
                    contents.append(String(decoding: response.content, as: UTF8.self))
                }
            }
            #expect(
                contents == [
                    "Hello World!\n", "New_Content\n", "Hello World!\nHello_Sehee!\n",
                    "Information_is_updated.\n",
                ]
            )
            #expect(try store.read(.index) == Array("Information_is_updated.\n".utf8))
        }
    }

    @Test func `in report mode every byte is the report's`() async throws {
        try await withServer(.report) { server, _ in
            for (request, expected) in zip(ReportRequest.all, Self.reportResponses) {
                let response = try await server.client.exchange(request.bytes(wire: .report))
                #expect(String(decoding: response.bytes, as: UTF8.self) == expected)
            }
        }
    }
}
