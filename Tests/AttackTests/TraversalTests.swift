import Foundation
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Attacks {
    /// Ways out of the root, over the wire.
    struct TraversalTests {
        private static let secret = "what nobody may see\n"

        /// A server whose root lies beside a folder with a secret, and has links to it.
        private struct Fixture {
            let server: AttackedServer
            let outside: URL

            init() throws {
                server = try AttackedServer()
                outside = server.root.deletingLastPathComponent().appendingPathComponent("outside")
                let files = FileManager.default
                try files.createDirectory(at: outside, withIntermediateDirectories: true)
                try Data(secret.utf8).write(to: outside.appendingPathComponent("secret.txt"))
                try files.createDirectory(
                    at: server.root.appendingPathComponent("sub"),
                    withIntermediateDirectories: true
                )
                for (name, target) in [
                    ("folder", outside.path), ("up", ".."), ("here", "."),
                    ("secret.txt", outside.appendingPathComponent("secret.txt").path),
                    ("relative.txt", "../outside/secret.txt"),
                    ("dangling.txt", "../outside/new.txt"),
                    ("root", "/"), ("proc", "/proc/self/root"),
                ] {
                    try files.createSymbolicLink(
                        atPath: server.root.appendingPathComponent(name).path,
                        withDestinationPath: target
                    )
                }
            }

            func outsideIsUntouched() throws -> Bool {
                let secretFile = outside.appendingPathComponent("secret.txt")
                let names = try FileManager.default.contentsOfDirectory(atPath: outside.path)
                return try names == ["secret.txt"]
                    && String(contentsOf: secretFile, encoding: .utf8) == secret
            }
        }

        static let targets = [
            "/../outside/secret.txt", "/../../../../../../../../etc/passwd", "/..",
            "/sub/../../outside",
            "/%2e%2e/outside/secret.txt", "/.%2e/outside/secret.txt",
            "/%2e%2e%2foutside%2fsecret.txt",
            "/..%2foutside%2fsecret.txt", "/%252e%252e%252foutside%252fsecret.txt",
            "/..%c0%afoutside%c0%afsecret.txt", "/%c0%ae%c0%ae/outside/secret.txt",
            "/..%5coutside%5csecret.txt", "/..\\outside\\secret.txt", "/....//outside/secret.txt",
            "//etc/passwd", "///etc/passwd", "/%2fetc%2fpasswd", "/etc/passwd",
            "/./../outside/secret.txt",
            "/index.txt%00.html", "/../outside/secret.txt%00.txt", "/secret.txt", "/relative.txt",
            "/folder/secret.txt", "/up/outside/secret.txt", "/here/up/outside/secret.txt",
            "/root/etc/passwd", "/proc/etc/passwd", "/sub/../secret.txt", "/dangling.txt",
            "http://x/../outside/secret.txt", "http://x//etc/passwd", "file:///etc/passwd",
            "../outside/secret.txt", "*",
        ]

        @Test func `no spelling of a target leads out, for no method`() throws {
            let fixture = try Fixture()
            for target in Self.targets {
                for method in ["GET", "HEAD", "PUT", "PATCH"] {
                    let response = try fixture.server.ask(
                        "\(method) \(target) HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n"
                            + "Connection: close\r\n\r\nx"
                    )
                    let isRefused = [400, 403, 404].contains(response.status)
                    #expect(isRefused, "\(method) \(target): \(response.status)")
                    #expect(!response.text.contains(Self.secret), "\(method) \(target)")
                    #expect(!response.text.contains("root:"), "\(method) \(target)")
                    let isSaid = response.text.hasPrefix("\(response.status): ")
                    #expect(isSaid || method == "HEAD", "\(method) \(target): no sentence")
                }
            }
            #expect(try fixture.outsideIsUntouched())
            #expect(try fixture.server.serves())
        }

        @Test(arguments: [
            "../outside/secret", "/etc/passwd", "..", "a/b", "a\\b", "a\0b", "%2e%2e%2fx",
            "folder/x",
            "secret", "",
        ])
        func `no posted name leads out, in any form`(name: String) throws {
            let fixture = try Fixture()
            let escaped = name.utf8.map { "%" + (String($0, radix: 16)).leftPadded }.joined()
            let part =
                "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\(name).txt\"\r\n\r\n"
            let bodies = [
                ("text/plain", "Filename: \(name) Content: x"),
                ("application/x-www-form-urlencoded", "Filename=\(escaped)&Content=x"),
                ("multipart/form-data; boundary=b", "\(part)x\r\n--b--\r\n"),
            ]
            for (type, body) in bodies {
                let response = try fixture.server.ask(
                    "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: \(type)\r\n"
                        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
                )
                #expect([400, 403].contains(response.status), "\(type): \(response.status)")
            }
            #expect(try fixture.outsideIsUntouched())
        }

        /// Between a look at a folder and its use it becomes a link, again and again.
        @Test func `a folder that becomes a link while it is used does not lead out`() throws {
            let fixture = try Fixture()
            let folder = fixture.server.root.appendingPathComponent("race").path
            unsafe mkdir(folder, 0o755)
            try Data("inside".utf8).write(to: URL(fileURLWithPath: folder + "/secret.txt"))
            let swapper = Swapper(folder: folder, target: fixture.outside.path)
            let connection = try fixture.server.connect()
            for number in 0..<2000 {
                let put = number % 2 == 1
                let request = put ? "PUT /race/new.txt" : "GET /race/secret.txt"
                try connection.send("\(request) HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx")
                let response = try connection.response()
                #expect([200, 201, 204, 403, 404].contains(response.status))
                if response.status == 200 { #expect(!put && response.text == "inside") }
            }
            swapper.stop()
            #expect(try fixture.outsideIsUntouched())
        }

        @Test func `what is no regular file is neither read nor waited for`() throws {
            let server = try AttackedServer()
            unsafe mkfifo(server.root.appendingPathComponent("pipe").path, 0o644)
            unsafe mkdir(server.root.appendingPathComponent("folder").path, 0o755)
            for name in ["pipe", "folder"] {
                for method in ["GET", "PUT", "PATCH"] {
                    let response = try server.ask(
                        "\(method) /\(name) HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx"
                    )
                    // Who asks for a folder is led to the path of its list.
                    let isAsked = name == "folder" && method == "GET"
                    #expect(response.status == (isAsked ? 301 : 403), "\(method) \(name)")
                }
            }
            #expect(try server.names() == ["folder", "index.txt", "pipe"])
        }

        @Test func `it listens on loopback only unless told`() throws {
            let server = try AttackedServer()
            #expect(server.logged.contains("listening on 127.0.0.1:"))
        }
    }
}

/// Makes a folder a link and a folder again, on a thread of its own.
private final class Swapper: Sendable {
    private let isOver = Atomic(false)
    private let hasEnded = DispatchSemaphore(value: 0)

    init(folder: String, target: String) {
        Thread.detachNewThread { [self] in
            while !isOver.load(ordering: .relaxed) {
                unsafe rename(folder, folder + "-aside")
                unsafe symlink(target, folder + "-link")
                unsafe rename(folder + "-link", folder)
                sched_yield()
                unsafe unlink(folder)
                unsafe rename(folder + "-aside", folder)
            }
            hasEnded.signal()
        }
    }

    /// Ends it, with the folder in its place.
    func stop() {
        isOver.store(true, ordering: .relaxed)
        hasEnded.wait()
    }
}

extension String {
    fileprivate var leftPadded: String { count < 2 ? "0" + self : self }
}
