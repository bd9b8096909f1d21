import Foundation
@testable import Peers
import Testing

/// What a target that names a folder is answered with, and what JSON that is posted becomes.
struct FolderTests {
    private static func write(_ text: String, to name: String, in root: StandardRoot) throws {
        let file = URL(fileURLWithPath: root.root.path).appendingPathComponent(name)
        let folder = file.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    @Test(arguments: ["index.html", "index.htm"])
    func `a folder is shown by its index`(index: String) throws {
        let root = try StandardRoot()
        try Self.write("root", to: index, in: root)
        try Self.write("below", to: "a b/\(index)", in: root)
        for (target, text) in [("/", "root"), ("/?q=1", "root"), ("/a%20b/", "below")] {
            let answer = root.answer("GET", target)
            #expect(answer.status == .ok)
            #expect(answer.text == text)
            #expect(answer.mediaType == "text/html; charset=utf-8")
            let tag = try root.entityTag(of: target)
            let again = root.answer("GET", target) { $0.ifNoneMatch = tag }
            #expect(again.status == .notModified)
        }
    }

    @Test(arguments: [
        ("/notes", "/notes/"), ("/notes?a=b&c", "/notes/?a=b&c"), ("/a%20b", "/a%20b/"),
        ("http://h/notes", "/notes/"),
    ])
    func `a folder without its slash is asked for with it`(target: String, location: String) throws
    {
        let root = try StandardRoot()
        try Self.write("", to: "notes/x", in: root)
        try Self.write("", to: "a b/x", in: root)
        let answer = root.answer("GET", target)
        #expect(answer.status == .movedPermanently)
        #expect(answer.field("Location") == location)
    }

    @Test func `a list has what can be asked for, and nothing in it is markup or a scheme`() throws
    {
        let root = try StandardRoot()
        let names = [
            "<b>&\"'.txt", "javascript:alert(1)", "한글.txt", "50% off", "sub/x",
            // One character to Swift with the sign after it, two to a browser.
            "\u{0D4E}<i>.txt",
        ]
        for name in names + [".hidden", ".folder/x"] { try Self.write("", to: name, in: root) }
        try FileManager.default.createSymbolicLink(
            atPath: root.root.path + "/link",
            withDestinationPath: "/etc/passwd"
        )
        let page = try #require(root.answer("GET", "/").text)
        for link in [
            "./%3Cb%3E&amp;%22&#39;.txt", "./javascript:alert(1)", "./%ED%95%9C%EA%B8%80.txt",
            "./50%25%20off", "./sub/", "./index.txt",
        ] {
            #expect(page.contains("<a href=\"\(link)\">"), "\(link)")
        }
        #expect(page.contains(">&lt;b&gt;&amp;&quot;&#39;.txt</a>"))
        for absent in ["hidden", ".folder", "link<", "<b>", "<i>", "href=\"javascript"] {
            #expect(!page.contains(absent), "\(absent)")
        }
        #expect(!page.contains("../"))
        #expect(try #require(root.answer("GET", "/sub/").text).contains("href=\"../\""))
    }

    @Test func `without lists a folder is shown by its index only`() throws {
        let root = try StandardRoot(listsFolders: false)
        #expect(root.answer("GET", "/").status == .notFound)
        try Self.write("root", to: "index.html", in: root)
        #expect(root.answer("GET", "/").text == "root")
    }

    @Test(arguments: ["/missing/", "/index.txt/", "/link/", "/sub/link/"])
    func `what is no folder is not found, also behind a link`(target: String) throws {
        let root = try StandardRoot()
        try Self.write("", to: "sub/x", in: root)
        for link in ["link", "sub/link"] {
            try FileManager.default.createSymbolicLink(
                atPath: root.root.path + "/" + link,
                withDestinationPath: "/etc"
            )
        }
        #expect(root.answer("GET", target).status == .notFound)
    }

    @Test(arguments: ["//", "/../", "/a/../", "/.hidden/", "/%2e%2e/", "/a%2Fb/", "/a//"])
    func `no spelling of a folder leads out`(target: String) throws {
        let root = try StandardRoot()
        #expect(root.answer("GET", target).status == .badRequest)
    }

    @Test(arguments: ["PUT", "PATCH", "POST"])
    func `who may only read changes nothing, and is told what is allowed`(method: String) throws {
        let root = try StandardRoot(isWritable: false)
        let answer = root.answer(method, "/index.txt", "x")
        #expect(answer.status == .methodNotAllowed)
        #expect(answer.allowedMethods == ["GET", "HEAD", "OPTIONS"])
        #expect(root.answer("OPTIONS", "*").field("Allow") == "GET, HEAD, OPTIONS")
        #expect(root.answer("GET", "/index.txt").text == "Hello World!\n")
    }

    @Test func `JSON is stored where it is posted to`() throws {
        let root = try StandardRoot()
        try Self.write("", to: "items/x", in: root)
        let json = Array("application/json; charset=utf-8".utf8)
        func post(_ target: String, _ type: [UInt8] = json) -> Answer {
            root.answer("POST", target, "{}") { $0.contentType = type }
        }
        #expect(post("/a.json").field("Location") == "/a.json")
        #expect(post("/a.json").status == .noContent)
        #expect(post("/items/").field("Location") == "/items/1.json")
        #expect(post("/items/", Array("application/ld+json".utf8)).status == .created)
        #expect(root.answer("GET", "/items/2.json").text == "{}")
        #expect(post("/missing/").status == .notFound)
        #expect(post("/a.json", Array("text/json".utf8)).status == .badRequest)
    }

    @Test func `a table of media types is read as the system writes it`() {
        let table = SystemMediaTypes(
            table: Array(
                "# comment\ntext/x-a\t\tA aa # b\napplication/x-none\n\r\nno type x\ntext/y a\n"
                    .utf8
            )
        )
        #expect(table.type(ofEnding: "a") == "text/x-a")
        #expect(table.type(ofEnding: "aa") == "text/x-a")
        #expect(["b", "x", "type"].allSatisfy { table.type(ofEnding: $0) == nil })
    }
}
