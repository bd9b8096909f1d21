import Bytes
import Peers
import Testing

struct FileServiceTests {
    private static let index = "Hello World!\n"

    /// A row of the server's rules: a request, the status, the file that comes back, and
    /// `index.txt` afterwards.
    struct Rule: Sendable, CustomTestStringConvertible {
        var line: String
        var data = ""
        var status: Int
        var file: String?
        var indexAfter = FileServiceTests.index
        var testDescription: String { "\(line) \(data)" }
    }

    static let rules = [
        Rule(line: "GET /index.txt HTTP/1.1", status: 200, file: index),
        Rule(line: "GET http://127.0.0.1:8080/index.txt HTTP/1.1", status: 200, file: index),
        Rule(line: "GET /index.html HTTP/1.1", status: 404),
        Rule(line: "GET / HTTP/1.1", status: 404),
        Rule(line: "GET /../index.txt HTTP/1.1", status: 404),
        Rule(line: "POST / HTTP/1.1", status: 204),
        Rule(line: "POST /anything HTTP/1.1", status: 204),
        Rule(
            line: "POST / HTTP/1.1",
            data: "Filename: new_file Content: New_Content",
            status: 200,
            file: "New_Content\n"
        ),
        Rule(
            line: "POST / HTTP/1.1",
            data: "Filename: index Content: two words",
            status: 200,
            file: "two words\n",
            indexAfter: "two words\n"
        ),
        Rule(line: "POST / HTTP/1.1", data: "Filename: ../up Content: x", status: 400),
        Rule(line: "POST / HTTP/1.1", data: "Filename: a/b Content: x", status: 400),
        Rule(line: "POST / HTTP/1.1", data: "something else", status: 400),
        Rule(line: "PUT /index.txt HTTP/1.1", status: 204),
        Rule(
            line: "PUT /index.txt HTTP/1.1",
            data: "line",
            status: 200,
            file: "line\n",
            indexAfter: "line\n"
        ),
        Rule(
            line: "PUT /index.txt HTTP/1.1",
            data: "line\r\n",
            status: 200,
            file: "line\n",
            indexAfter: "line\n"
        ),
        Rule(line: "PUT /other.txt HTTP/1.1", data: "line", status: 404),
        Rule(line: "PATCH /index.txt HTTP/1.1", status: 204),
        Rule(
            line: "PATCH /index.txt HTTP/1.1",
            data: "line",
            status: 200,
            file: index + "line\n",
            indexAfter: index + "line\n"
        ),
        Rule(line: "PATCH / HTTP/1.1", data: "line", status: 404),
        Rule(line: "DELETE / HTTP/1.1", data: "data....", status: 405),
        Rule(line: "HEAD /index.txt HTTP/1.1", status: 405),
        Rule(line: "get /index.txt HTTP/1.1", status: 405),
        Rule(line: "PATCH / HTTP/2", status: 505),
        Rule(line: "GET /index.txt HTTP/1.0", status: 505),
        Rule(line: "DELETE / http/1.1", status: 505),
    ]

    @Test(arguments: rules)
    func `the server keeps the report's rules`(rule: Rule) throws {
        let root = try TemporaryRoot()
        defer { root.remove() }
        let store = try FileStore(path: root.path)
        let parts = rule.line.split(separator: " ").map { Array($0.utf8) }
        let answer = FileService(store: store).answer(
            FileRequest(
                method: parts[0],
                target: parts[1],
                version: parts[2],
                data: Array(rule.data.utf8)
            )
        )
        #expect(answer.status.rawValue == rule.status)
        #expect(answer.file.map { String(decoding: $0, as: UTF8.self) } == rule.file)
        #expect(try store.read(.index) == Array(rule.indexAfter.utf8))
    }

    @Test func `a posted file is stored under its name`() throws {
        let root = try TemporaryRoot()
        defer { root.remove() }
        let store = try FileStore(path: root.path)
        let data = Array("Filename: new_file Content: New_Content".utf8)
        _ = FileService(store: store).answer(
            FileRequest(
                method: Array("POST".utf8),
                target: [0x2F],
                version: Array("HTTP/1.1".utf8),
                data: data
            )
        )
        let name = try FileName(textFile: Array("new_file".utf8))
        #expect(try store.read(name) == Array("New_Content\n".utf8))
    }
}
