import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `httptrace-server` while it listens, as a process of its own.
final class RunningServer: Sendable {
    let port: Int
    private let process: Process
    private let folder: TemporaryFolder

    struct DidNotStart: Error {
        var log: String
    }

    /// Starts it on a free port and waits until it listens.
    init(_ arguments: [String]) throws {
        folder = try TemporaryFolder()
        process = Process()
        process.executableURL = ProgramRun.url(of: "httptrace-server")
        process.arguments = ["--port", "0"] + arguments
        process.standardOutput = try folder.file("output")
        process.standardError = try folder.file("errors")
        try process.run()
        while true {
            let log = String(decoding: try folder.contents("errors"), as: UTF8.self)
            if let port = Self.port(in: log) {
                self.port = port
                return
            }
            guard process.isRunning else { throw DidNotStart(log: log) }
            usleep(10_000)
        }
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    /// Waits for its end, which it was asked for or comes by itself; what it has written.
    func end(asked: Bool) throws -> (output: [UInt8], errors: [UInt8]) {
        if asked { kill(process.processIdentifier, SIGTERM) }
        process.waitUntilExit()
        return (try folder.contents("output"), try folder.contents("errors"))
    }

    private static func port(in log: String) -> Int? {
        guard let range = log.range(of: "listening on 127.0.0.1:") else { return nil }
        let digits = log[range.upperBound...].prefix { $0.isNumber }
        return digits.endIndex < log.endIndex ? Int(digits) : nil
    }
}
