import Peers
import Testing

/// Targets that could lead out of the root, in every spelling that servers have fallen for.
struct PathTests {
    static let refused = [
        "/../etc/passwd", "/..", "/./index.txt", "/sub/../index.txt", "/sub/../../etc/passwd",
        "//etc/passwd", "/sub//a.txt", "//", "/%2e%2e/etc/passwd", "/.%2e/x", "/%2E%2E%2Fetc",
        "/..%2fetc%2fpasswd", "/%2fetc%2fpasswd", "/sub%2fa.txt", "/..%5c..%5cetc",
        "/..\\..\\etc", "/sub\\a.txt", "/%252e%252e/etc/passwd", "/%252fetc", "/a%2541",
        "/%c0%ae%c0%ae/etc/passwd", "/%c0%afetc", "/%e0%80%ae/x", "/%uff0e%uff0e/x", "/....//etc",
        "/index.txt%00", "/%00", "/index.txt%00.html", "/index.txt%0d%0aX: y", "/a%7f", "/a%",
        "/a%4", "/a%zz", "/.hidden", "/.git/config", "/%2ehidden", "/sub/.hidden",
        "/.httptrace-1-1.tmp", "/%E2%80%AE", "index.txt", "*", "", "file:///etc/passwd",
        "http://x", "http://x/../etc/passwd", "http://x//etc/passwd",
        "/\(String(repeating: "a", count: 256))",
        "/\(String(repeating: "a/", count: 2100))a",
    ]

    @Test(arguments: refused, ["GET", "PUT", "PATCH"])
    func `no spelling of a way out is taken`(target: String, method: String) throws {
        let root = try StandardRoot()
        let answer = root.answer(method, target, method == "GET" ? nil : "x")
        #expect(answer.status == .badRequest)
        #expect(answer.explanation.hasPrefix("Refused: "))
        #expect(answer.explanation.hasSuffix("."))
    }

    @Test(arguments: [
        "/etc/passwd", "/index.html", "/sub/none", "/index.txt/a", "/sub/",
        "http://x/none", "/...%20", "/~root", "/con%3a",
    ])
    func `what is not below the root is not there`(target: String) throws {
        let answer = try StandardRoot().answer("GET", target)
        #expect(answer.status == (target == "/...%20" ? .badRequest : .notFound))
    }

    @Test(arguments: ["/index.txt", "/%69ndex.txt", "/index.txt?a=../..", "http://x/index.txt"])
    func `an ordinary spelling is taken`(target: String) throws {
        #expect(try StandardRoot().answer("GET", target).text == "Hello World!\n")
    }

    @Test(arguments: [
        "Filename: ../x Content: y", "Filename: /etc/x Content: y",
        "Filename: %2e%2e%2fx Content: y",
        "Filename: a\0b Content: y", "Filename: .. Content: y", "Filename:  Content: y",
    ])
    func `no name in posted data leads out`(data: String) throws {
        #expect(try StandardRoot().answer("POST", "/", data).status == .badRequest)
    }
}
