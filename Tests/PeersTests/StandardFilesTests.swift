import Bytes
import Peers
import Testing

/// A standard server's files in a fresh root, asked without sockets; removed with this object.
final class StandardRoot {
    let root: TemporaryRoot
    let store: FileStore
    private let service: FileService

    init(isWritable: Bool = true, listsFolders: Bool = true) throws {
        root = try TemporaryRoot()
        store = try FileStore(path: root.path)
        service = FileService(
            store: store,
            wire: .standard,
            isWritable: isWritable,
            listsFolders: listsFolders
        )
    }

    deinit { root.remove() }

    func answer(
        _ method: String,
        _ target: String,
        _ data: String? = nil,
        _ set: (inout RequestFields) -> Void = { _ in }
    ) -> Answer {
        var fields = RequestFields()
        set(&fields)
        return service.answer(
            FileRequest(
                method: Array(method.utf8),
                target: Array(target.utf8),
                version: Array("HTTP/1.1".utf8),
                data: Array((data ?? "").utf8),
                source: data == nil ? .absent : .content,
                fields: fields == RequestFields() ? nil : fields
            )
        )
    }

    func entityTag(of target: String) throws -> [UInt8] {
        Array(try #require(answer("GET", target).field("ETag")).utf8)
    }
}

extension Answer {
    /// The value of a field of the standard form.
    func field(_ name: String) -> String? {
        let lines = String(decoding: fieldLines, as: UTF8.self).split(separator: "\r\n")
        return lines.first { $0.hasPrefix("\(name): ") }
            .map { String($0.dropFirst(name.count + 2)) }
    }

    var text: String? { file.map { String(decoding: $0, as: UTF8.self) } }
}

struct StandardFilesTests {
    @Test func `HEAD is answered as GET, and OPTIONS names the methods`() throws {
        let root = try StandardRoot()
        #expect(root.answer("HEAD", "/index.txt") == root.answer("GET", "/index.txt"))
        let options = root.answer("OPTIONS", "*")
        #expect(options.status == .noContent)
        #expect(options.field("Allow") == "GET, HEAD, POST, PUT, PATCH, OPTIONS")
    }

    @Test(arguments: [("DELETE", 405), ("TRACE", 405), ("get", 501), ("BREW", 501)])
    func `a method is told to be unknown, or not for files`(method: String, status: Int) throws {
        #expect(try StandardRoot().answer(method, "/index.txt").status.rawValue == status)
    }

    @Test func `PUT makes a file of exactly the bytes, and tells its tag`() throws {
        let root = try StandardRoot()
        let new = root.answer("PUT", "/new%20file.bin", "a\r\nb")
        #expect(new.status == .created)
        #expect(new.field("Location") == "/new%20file.bin")
        let read = root.answer("GET", "/new%20file.bin")
        #expect(read.text == "a\r\nb")
        #expect(read.field("ETag") == new.field("ETag"))
        let empty = root.answer("PUT", "/new%20file.bin", "")
        #expect(empty.status == .noContent)
        #expect(empty.field("ETag") != nil)
        #expect(root.answer("GET", "/new%20file.bin").text == "")
    }

    @Test func `PUT without content is asked for its length, and with a range refused`() throws {
        let root = try StandardRoot()
        #expect(root.answer("PUT", "/index.txt").status == .lengthRequired)
        let part = root.answer("PUT", "/index.txt", "x") {
            $0.contentRange = Array("bytes 0-0/1".utf8)
        }
        #expect(part.status == .badRequest)
        let coded = root.answer("PUT", "/index.txt", "x") {
            $0.contentEncoding = Array("gzip".utf8)
        }
        #expect(coded.status == .unsupportedMediaType)
        #expect(try root.store.read(.index) == TemporaryRoot.indexContent)
    }

    @Test func `plain text gets its line end, and no tag that says it is stored as sent`() throws {
        let root = try StandardRoot()
        let answer = root.answer("PUT", "/index.txt", "line") {
            $0.contentType = Array("text/plain; charset=utf-8".utf8)
        }
        #expect(answer.text == "line\n")
        #expect(answer.field("ETag") == nil)
    }

    @Test func `PATCH appends a line and makes the file where there is none`() throws {
        let root = try StandardRoot()
        #expect(root.answer("PATCH", "/log.txt", "one").status == .created)
        #expect(root.answer("PATCH", "/log.txt", "two\r\n").text == "one\ntwo\n")
    }

    @Test func `each change has a tag of its own, however fast they follow`() throws {
        let root = try StandardRoot()
        let tags = (0..<200).map { _ in root.answer("PUT", "/index.txt", "x").field("ETag") }
        #expect(Set(tags).count == 200)
    }

    @Test func `what another program writes is seen at once`() throws {
        let root = try StandardRoot()
        let other = try FileStore(path: root.root.path)
        for number in 0..<50 {
            try other.replace(.index, with: Array("\(number)".utf8))
            #expect(root.answer("GET", "/index.txt").text == "\(number)")
        }
    }

    /// A condition on `/index.txt`, where `TAG` is its tag, and the statuses of GET and PUT.
    struct Condition: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var set: @Sendable (inout RequestFields, [UInt8]) -> Void
        var get: Int
        var put: Int
    }

    private static func value(_ text: String, _ tag: [UInt8]) -> [UInt8] {
        Array(text.replacing("TAG", with: String(decoding: tag, as: UTF8.self)).utf8)
    }

    static let conditions: [Condition] =
        [
            ("TAG", 200, 204), ("\"x\", TAG", 200, 204), ("*", 200, 204), ("\"x\"", 412, 412),
            ("W/TAG", 412, 412), ("nonsense", 412, 412),
        ].map { (text: String, get: Int, put: Int) in
            Condition(
                testDescription: "If-Match: \(text)",
                set: { $0.ifMatch = value(text, $1) },
                get: get,
                put: put
            )
        }
        + [
            ("TAG", 304, 412), ("\"a,b\" ,W/TAG", 304, 412), ("*", 304, 412), ("\"x\"", 200, 204),
        ].map { (text: String, get: Int, put: Int) in
            Condition(
                testDescription: "If-None-Match: \(text)",
                set: { $0.ifNoneMatch = value(text, $1) },
                get: get,
                put: put
            )
        }
        + [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 412, 412),
            ("Sunday, 06-Nov-94 08:49:37 GMT", 412, 412),
            ("Sun Nov  6 08:49:37 1994", 412, 412),
            ("Fri, 31 Dec 9999 23:59:59 GMT", 200, 204), ("yesterday", 200, 204),
        ].map { (text: String, get: Int, put: Int) in
            Condition(
                testDescription: "If-Unmodified-Since: \(text)",
                set: { fields, _ in fields.ifUnmodifiedSince = Array(text.utf8) },
                get: get,
                put: put
            )
        }
        + [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 200, 204),
            ("Fri, 31 Dec 9999 23:59:59 GMT", 304, 204), ("Fri, 31 Dec 9999", 200, 204),
        ].map { (text: String, get: Int, put: Int) in
            Condition(
                testDescription: "If-Modified-Since: \(text)",
                set: { fields, _ in fields.ifModifiedSince = Array(text.utf8) },
                get: get,
                put: put
            )
        }

    @Test(arguments: conditions)
    func `a request is carried out under its conditions`(condition: Condition) throws {
        let root = try StandardRoot()
        let tag = try root.entityTag(of: "/index.txt")
        let set: (inout RequestFields) -> Void = { condition.set(&$0, tag) }
        #expect(root.answer("GET", "/index.txt", nil, set).status.rawValue == condition.get)
        #expect(root.answer("PUT", "/index.txt", "new", set).status.rawValue == condition.put)
        let after = condition.put == 204 ? Array("new".utf8) : TemporaryRoot.indexContent
        #expect(try root.store.read(.index) == after)
    }

    @Test func `a file is made only where it is not there, if that is asked for`() throws {
        let root = try StandardRoot()
        let first = root.answer("PUT", "/a", "1") { $0.ifNoneMatch = Array("*".utf8) }
        #expect(first.status == .created)
        let second = root.answer("PUT", "/a", "2") { $0.ifNoneMatch = Array("*".utf8) }
        #expect(second.status == .preconditionFailed)
        let missing = root.answer("PUT", "/b", "2") { $0.ifMatch = Array("*".utf8) }
        #expect(missing.status == .preconditionFailed)
    }

    @Test func `of many that change a file on the same tag one succeeds`() async throws {
        let root = try TemporaryRoot()
        defer { root.remove() }
        let service = FileService(store: try FileStore(path: root.path), wire: .standard)
        let request = FileRequest(
            method: Array("GET".utf8),
            target: Array("/index.txt".utf8),
            version: Array("HTTP/1.1".utf8)
        )
        let tag = try #require(service.answer(request).field("ETag"))
        let statuses = await withTaskGroup(of: AnswerStatus.self) { group in
            for number in 0..<32 {
                var change = request
                change.method = Array("PUT".utf8)
                change.data = Array("\(number)".utf8)
                change.source = .content
                change.fields = RequestFields()
                change.fields?.ifMatch = Array(tag.utf8)
                group.addTask { [change] in service.answer(change).status }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.count { $0 == .noContent } == 1)
        #expect(statuses.count { $0 == .preconditionFailed } == 31)
    }
}
