import Peers
import Testing

struct RangeTests {
    static let cases: [(value: String, status: Int, text: String?, range: String?)] = [
        ("bytes=0-4", 206, "Hello", "bytes 0-4/13"),
        ("Bytes=6-", 206, "World!\n", "bytes 6-12/13"),
        ("bytes=-7", 206, "World!\n", "bytes 6-12/13"),
        ("bytes=-99", 206, "Hello World!\n", "bytes 0-12/13"),
        ("bytes=12-99999999999999999999", 206, "\n", "bytes 12-12/13"),
        ("bytes=13-", 416, nil, "bytes */13"), ("bytes=-0", 416, nil, "bytes */13"),
        ("bytes=5-4", 200, "Hello World!\n", nil), ("bytes=a-b", 200, "Hello World!\n", nil),
        ("bytes=", 200, "Hello World!\n", nil), ("lines=1-2", 200, "Hello World!\n", nil),
        // More than the file has: one of them comes twice.
        ("bytes=0-,0-", 200, "Hello World!\n", nil),
        ("bytes=0-0,99-", 206, "H", "bytes 0-0/13"),
    ]

    @Test(arguments: cases)
    func `a range is answered as such or not at all`(
        value: String,
        status: Int,
        text: String?,
        range: String?
    ) throws {
        let root = try StandardRoot()
        let answer = root.answer("GET", "/index.txt") { $0.range = Array(value.utf8) }
        #expect(answer.status.rawValue == status)
        #expect(answer.text == text)
        #expect(answer.field("Content-Range") == range)
        // A range means nothing but for GET.
        let head = root.answer("HEAD", "/index.txt") { $0.range = Array(value.utf8) }
        #expect(head.status == .ok)
    }

    @Test func `several ranges come as parts`() throws {
        let root = try StandardRoot()
        let answer = root.answer("GET", "/index.txt") { $0.range = Array("bytes=0-0, -1".utf8) }
        #expect(answer.status == .partialContent)
        guard case .pieces(let pieces) = answer.content else {
            Issue.record("no parts")
            return
        }
        let text = pieces.reduce(into: "") { text, piece in
            if case .bytes(let bytes) = piece { text += String(decoding: bytes, as: UTF8.self) }
        }
        let boundary = try #require(answer.mediaType.split(separator: "\"").last)
        let parts = text.components(between: "--\(boundary)")
        #expect(parts.count == 4)
        #expect(parts[1].hasSuffix("Content-Range: bytes 0-0/13\r\n\r\nH\r\n"))
        #expect(parts[2].hasSuffix("Content-Range: bytes 12-12/13\r\n\r\n\n\r\n"))
        #expect(parts[3] == "--\r\n")
    }

    @Test(arguments: [("TAG", 206), ("\"x\"", 200), ("W/TAG", 200), ("yesterday", 200)])
    func `a range under a condition comes only from the same file`(
        value: String,
        status: Int
    ) throws {
        let root = try StandardRoot()
        let tag = String(decoding: try root.entityTag(of: "/index.txt"), as: UTF8.self)
        let answer = root.answer("GET", "/index.txt") {
            $0.range = Array("bytes=0-0".utf8)
            $0.ifRange = Array(value.replacing("TAG", with: tag).utf8)
        }
        #expect(answer.status.rawValue == status)
    }

    @Test func `a large file is sent from the disk, and its head has its length`() throws {
        let root = try StandardRoot()
        let name = try FileName(file: Array("large".utf8))
        try root.store.replace(name, with: Array(repeating: 0x61, count: 1 << 20))
        let answer = root.answer("GET", "/large") { $0.range = Array("bytes=1-".utf8) }
        var conversation = Conversation(answer: { _ in answer })
        conversation.receive("GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(conversation.sentText.contains("\r\nContent-Length: 1048575\r\n"))
        #expect(conversation.sentFromFiles == 1_048_575)
        var head = Conversation(answer: { _ in answer })
        head.receive("HEAD /large HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(head.sentText.contains("\r\nContent-Length: 1048575\r\n"))
        #expect(head.sentFromFiles == 0)
    }
}

extension String {
    /// What stands before, between and behind the places of `separator`.
    fileprivate func components(between separator: String) -> [Substring] {
        split(separator: separator, omittingEmptySubsequences: false)
    }
}
