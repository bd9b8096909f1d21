import Foundation
import Support

/// What tshark lists of a capture beside what we do, in messages.
struct TsharkComparison: Sendable, Equatable {
    /// How many requests and responses, interim ones included.
    struct Count: Sendable, Equatable, CustomStringConvertible {
        var requests = 0
        var responses = 0
        var description: String { "\(requests) + \(responses)" }
    }

    var name: String
    var listed: Count
    var ours: Count

    /// Why the two differ, as `captures/tshark.md` says.
    var reason: String?

    /// The captures in which the two differ, with the reasons; a table in Markdown.
    static let url = URL(fileURLWithPath: Project.captures.appending("tshark.md").string)

    /// The rows of the table.
    static func rows() throws -> [String: TsharkComparison] {
        let text = try String(contentsOf: url, encoding: .utf8)
        var rows: [String: TsharkComparison] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 4, let listed = count(cells[1]), let ours = count(cells[2]) else {
                continue
            }
            let name = cells[0].trimmingCharacters(in: CharacterSet(charactersIn: "`"))
            let row = TsharkComparison(
                name: name,
                listed: listed,
                ours: ours,
                reason: cells[3]
            )
            rows[name] = row
        }
        return rows
    }

    private static func count(_ text: String) -> Count? {
        let numbers = text.split(separator: " ").compactMap { Int($0) }
        return numbers.count == 2 ? Count(requests: numbers[0], responses: numbers[1]) : nil
    }
}

/// The program, where it is installed.
enum Tshark {
    static let path: String? =
        ["/usr/bin/tshark", "/usr/local/bin/tshark", "/opt/homebrew/bin/tshark"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// Where `CI` is set it has to be there.
    static let isRequired = ProcessInfo.processInfo.environment["CI"] != nil

    /// What it prints of the HTTP messages in a capture, a line a frame with fields between tabs.
    static func messages(in path: String, fields: [String]) throws -> [[Substring]] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.path ?? "")
        process.arguments =
            ["-r", path, "-Y", "http.request or http.response", "-T", "fields"]
            + fields.flatMap { ["-e", $0] }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false)
        }
    }
}
