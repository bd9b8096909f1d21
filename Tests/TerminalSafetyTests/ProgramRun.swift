import Foundation

/// A program of this package that has run to its end, as a process of its own.
struct ProgramRun {
    let code: Int32
    let output: [UInt8]
    let errors: [UInt8]

    /// Runs one.
    ///
    /// - Parameters:
    ///   - program: its name; it lies beside the tests.
    ///   - arguments: without its name.
    ///   - input: what it reads from standard input.
    /// - Throws: where it cannot be started, or its output cannot be kept.
    init(_ program: String, _ arguments: [String], input: [UInt8] = []) throws {
        let folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = Self.url(of: program)
        process.arguments = arguments
        // Files, not pipes: nobody has to read them while it runs.
        process.standardInput = try folder.file("input", input)
        process.standardOutput = try folder.file("output")
        process.standardError = try folder.file("errors")
        try process.run()
        process.waitUntilExit()
        code = process.terminationReason == .exit ? process.terminationStatus : -1
        output = try folder.contents("output")
        errors = try folder.contents("errors")
    }

    /// Where a program lies.
    static func url(of program: String) -> URL {
        let bundles = [Bundle.main] + Bundle.allBundles
        let folders = bundles.flatMap { [$0.bundleURL, $0.bundleURL.deletingLastPathComponent()] }
        let url = folders.map { $0.appendingPathComponent(program) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
        return url ?? URL(fileURLWithPath: program)
    }
}

/// A folder that is gone with its owner.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory
            .appendingPathComponent("httptrace-safety-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The path of a file in it.
    func path(_ name: String) -> String { url.path + "/" + name }

    /// Makes a file, and opens it for reading and writing.
    @discardableResult
    func file(_ name: String, _ bytes: [UInt8] = []) throws -> FileHandle {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
        return try FileHandle(forUpdating: URL(fileURLWithPath: path(name)))
    }

    /// What a file holds.
    func contents(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(fileURLWithPath: path(name))))
    }
}
