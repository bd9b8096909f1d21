import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The server as its users run it: a process of its own, on a free port and with a fresh root.
final class AttackedServer: Sendable {
    let port: UInt16
    let root: URL
    private let process: Process
    private let log: URL

    struct DidNotStart: Error {
        var log: String
    }

    /// Starts the server and waits until it listens.
    ///
    /// - Parameters:
    ///   - options: its options, besides root and port.
    ///   - root: a root that is kept; a fresh one unless told.
    ///   - prelude: shell commands before it, such as `ulimit -n 40;`.
    /// - Throws: ``DidNotStart`` with what it said.
    init(_ options: [String] = [], root: URL? = nil, prelude: String = "") throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("httptrace-attack-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.root = root ?? folder.appendingPathComponent("root")
        log = folder.appendingPathComponent("log")
        try FileManager.default.createDirectory(at: self.root, withIntermediateDirectories: true)
        try Data().write(to: log)
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments =
            ["-c", prelude + "exec \"$0\" \"$@\"", Self.program.path, "--root", self.root.path]
            + ["--port", "0", "--allow-host", "x", "--writable", "--log", "full"] + options
        process.standardError = try FileHandle(forWritingTo: log)
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        port = try Self.waitForPort(log, process)
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: log.deletingLastPathComponent())
    }

    var logged: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }
    var isRunning: Bool { process.isRunning }
    var processIdentifier: Int32 { process.processIdentifier }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits for the process to end, and answers its exit code.
    func exitCode() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: root.appendingPathComponent(name))
    }

    func read(_ name: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
    }

    /// The names in the root, hidden ones included.
    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
    }

    /// How many descriptors the process has open; `nil` where the system does not tell.
    func descriptorCount() -> Int? {
        let path = "/proc/\(process.processIdentifier)/fd"
        return try? FileManager.default.contentsOfDirectory(atPath: path).count
    }

    /// How many bytes of memory the process uses; `nil` where the system does not tell.
    func memory() -> Int? {
        let path = "/proc/\(process.processIdentifier)/status"
        let status = try? String(contentsOfFile: path, encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 << 10 }
    }

    /// Connects to it.
    func connect() throws -> RawConnection { try RawConnection(port: port) }

    /// The status and content of an ordinary request on a connection of its own.
    func ask(_ text: String) throws -> RawResponse {
        let connection = try connect()
        try connection.send(text)
        return try connection.response()
    }

    /// Whether an ordinary client is served.
    func serves() throws -> Bool {
        try ask("GET /index.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").status == 200
    }

    /// The program beside the test bundle.
    private static var program: URL {
        let bundles = [Bundle.main] + Bundle.allBundles
        let folders = bundles.flatMap { [$0.bundleURL, $0.bundleURL.deletingLastPathComponent()] }
        let program = folders.map { $0.appendingPathComponent("httptrace-server") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
        return program ?? URL(fileURLWithPath: "httptrace-server")
    }

    private static func waitForPort(_ log: URL, _ process: Process) throws -> UInt16 {
        while true {
            let text = try String(contentsOf: log, encoding: .utf8)
            if let range = text.range(of: "listening on 127.0.0.1:") {
                let digits = text[range.upperBound...].prefix { $0.isNumber }
                let isWhole = digits.endIndex < text.endIndex
                if isWhole, let port = UInt16(digits) { return port }
            }
            guard process.isRunning else { throw DidNotStart(log: text) }
            usleep(2000)
        }
    }
}

/// Asks `isTrue` again and again, for at most a minute; a test that passes does not wait so long.
func eventually(_ isTrue: () throws -> Bool) rethrows -> Bool {
    let end = Date(timeIntervalSinceNow: 60)
    while Date() < end {
        if try isTrue() { return true }
        usleep(5000)
    }
    return try isTrue()
}
