import Peers
import SystemPackage
import Testing

/// Runs `body` with a fresh root, which is removed afterwards.
private func withRoot(_ body: (FileStore) throws -> Void) throws {
    let root = try TemporaryRoot()
    defer { root.remove() }
    try body(FileStore(path: root.path, lengthLimit: 1000))
}

struct FileStoreTests {
    private static let content = Array("Hello World!\n".utf8)

    @Test func `a fresh root holds the report's file`() throws {
        try withRoot { store throws in
            #expect(try store.read(.index) == Self.content)
            #expect(try !store.isEmpty())
        }
    }

    @Test func `a file is replaced and appended to as a whole`() throws {
        try withRoot { store throws in
            try store.replace(.index, with: [1, 2])
            #expect(try store.append([3], to: .index) == [1, 2, 3])
            #expect(try store.read(.index) == [1, 2, 3])
        }
    }

    @Test func `appending creates a file that is not there`() throws {
        try withRoot { store throws in
            let name = try FileName(textFile: Array("new".utf8))
            #expect(throws: FileStoreError.notFound(name)) { try store.read(name) }
            #expect(try store.append([7], to: name) == [7])
        }
    }

    @Test func `nothing is changed when a file would become too long`() throws {
        try withRoot { store throws in
            #expect(throws: FileStoreError.tooLong(.index, limit: store.lengthLimit)) {
                try store.append(Array(repeating: 0x61, count: store.lengthLimit), to: .index)
            }
            #expect(try store.read(.index) == Self.content)
        }
    }

    @Test func `appends from many tasks are all there`() async throws {
        let root = try TemporaryRoot()
        defer { root.remove() }
        let store = try FileStore(path: root.path)
        try store.replace(.index, with: [])
        try await withThrowingTaskGroup { group in
            for number in 0..<64 {
                group.addTask { _ = try store.append(Array("\(number)\n".utf8), to: .index) }
            }
            try await group.waitForAll()
        }
        let lines = try String(decoding: store.read(.index), as: UTF8.self).split(separator: "\n")
        #expect(lines.compactMap { Int($0) }.sorted() == Array(0..<64))
    }

    @Test func `what a store that was killed has left is removed, and nothing else`() throws {
        try withRoot { store throws in
            for name in [".httptrace-1-1.tmp", ".httptrace-keep", ".other.tmp"] {
                try unsafe FileDescriptor.open(
                    "\(store.path)/\(name)",
                    .writeOnly,
                    options: .create,
                    permissions: .ownerReadWrite
                ).close()
            }
            _ = try FileStore(path: store.path)
            let directory = try Directory(path: store.path)
            #expect(
                try directory.names().sorted() == [".httptrace-keep", ".other.tmp", "index.txt"]
            )
        }
    }

    @Test func `appends through two stores of one root are all there`() async throws {
        let root = try TemporaryRoot()
        defer { root.remove() }
        let stores = try (0..<2).map { _ in try FileStore(path: root.path) }
        let name = try FileName(textFile: Array("log".utf8))
        try await withThrowingTaskGroup { group in
            for number in 0..<64 {
                let store = stores[number % 2]
                group.addTask { _ = try store.append(Array("\(number)\n".utf8), to: name) }
            }
            try await group.waitForAll()
        }
        let lines = try String(decoding: stores[0].read(name), as: UTF8.self).split(separator: "\n")
        #expect(lines.compactMap { Int($0) }.sorted() == Array(0..<64))
    }

    @Test func `a file without write permission is not changed`() throws {
        try withRoot { store throws in
            try unsafe FileDescriptor.open("\(store.path)/index.txt", .readOnly).makeReadOnly()
            #expect(throws: FileStoreError.notPermitted(.index)) {
                try store.replace(.index, with: [1])
            }
            #expect(throws: FileStoreError.notPermitted(.index)) {
                try store.append([1], to: .index)
            }
            #expect(try store.read(.index) == Self.content)
        }
    }

    @Test func `a durable store changes files all the same`() throws {
        let root = try TemporaryRoot()
        defer { root.remove() }
        let store = try FileStore(path: root.path, isDurable: true)
        try store.replace(.index, with: [1])
        #expect(try store.append([2], to: .index) == [1, 2])
    }

    @Test func `a symbolic link is followed neither for reading nor for writing`() throws {
        try withRoot { outside throws in
            try withRoot { store throws in
                let name = try FileName(textFile: Array("link".utf8))
                try FileDescriptor.makeLink(
                    to: "\(outside.path)/index.txt",
                    at: "\(store.path)/link.txt"
                )
                let error = FileStoreError.notAFile(name)
                #expect(throws: error) { try store.read(name) }
                #expect(throws: error) { try store.replace(name, with: [1]) }
                #expect(throws: error) { try store.append([1], to: name) }
                #expect(try outside.read(.index) == Self.content)
            }
        }
    }

    @Test func `a root that is not there is an error`() {
        let path = "/nonexistent/root"
        #expect(throws: FileStoreError.rootUnavailable(path, .noSuchFileOrDirectory)) {
            try FileStore(path: path)
        }
    }

    @Test(arguments: [
        ("", InvalidFileName.empty),
        (".", .beginsWithFullStop), ("..", .beginsWithFullStop), (".hidden", .beginsWithFullStop),
        ("/etc/passwd", .forbiddenCharacter), ("a/../b", .forbiddenCharacter),
        ("a\\b", .forbiddenCharacter), ("a\0b", .forbiddenCharacter),
        ("a\nb", .forbiddenCharacter), ("a\u{202E}b", .forbiddenCharacter),
        (String(repeating: "a", count: 252), .tooLong),
    ])
    func `a name that could lead elsewhere is refused`(name: String, reason: InvalidFileName) {
        #expect(throws: reason) { try FileName(textFile: Array(name.utf8)) }
    }

    @Test func `a name that is not UTF-8 is refused`() {
        #expect(throws: InvalidFileName.notUTF8) { try FileName(textFile: [0x61, 0xFF]) }
    }

    @Test(arguments: ["new_file", "a b", "ü", "a..b", String(repeating: "a", count: 251)])
    func `an ordinary name gets its extension`(name: String) throws {
        #expect(try FileName(textFile: Array(name.utf8)).text == name + ".txt")
    }
}
