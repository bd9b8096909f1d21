import Foundation
import Support
import Testing

/// A capture of `captures/`, with the output that is expected of it beside it.
struct GoldenCapture: Sendable, CustomTestStringConvertible {
    let url: URL

    var testDescription: String { name }

    /// Its path below `captures/`.
    var name: String {
        url.pathComponents.drop { $0 != "captures" }.dropFirst().joined(separator: "/")
    }

    /// Where the expected output of a format lies.
    func expectation(_ suffix: String) -> URL {
        url.deletingPathExtension().appendingPathExtension(suffix)
    }

    /// Every capture, in a stable order.
    static let all: [GoldenCapture] = {
        let folder = URL(fileURLWithPath: Project.captures.string)
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let captures = (files?.allObjects as? [URL] ?? [])
            .filter { ["pcap", "pcapng"].contains($0.pathExtension) }
            .sorted { $0.path < $1.path }
        return captures.map { GoldenCapture(url: $0) }
    }()

    /// Those that were recorded from live traffic.
    static let recorded = all.filter { $0.name.hasPrefix("report/") }

    /// Those whose frames are explained one by one too.
    static let explained = all.filter { $0.name.hasPrefix("report/") || $0.name.hasPrefix("tcp/") }
}
