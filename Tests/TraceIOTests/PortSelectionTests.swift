import CaptureIO
import Support
import Testing
import TraceIO

@Suite struct PortSelectionTests {
    private static let recorded = Project.captures.appending("report/report.pcapng").string

    @Test func `a copy holds the connections of the ports, and counts what it leaves out`() throws {
        let client = try #require(clients(of: Self.recorded).dropFirst(2).first)
        let all = try frameCount(of: Self.recorded)
        let copy = try TemporaryFile([])
        let leftOut = try PortSelection.copy(
            Self.recorded,
            to: copy.path,
            ports: [client],
            statistics: CaptureStatistics()
        )
        #expect(try clients(of: copy.path) == [client])
        #expect(try frameCount(of: copy.path) + leftOut == all)
    }

    @Test func `a server's port brings all its connections`() throws {
        let copy = try TemporaryFile([])
        _ = try PortSelection.copy(
            Self.recorded,
            to: copy.path,
            ports: [8080],
            statistics: CaptureStatistics()
        )
        #expect(try clients(of: copy.path) == clients(of: Self.recorded))
    }

    private func clients(of path: String) throws -> [UInt16] {
        var ports: [UInt16] = []
        var trace = FileTrace()
        try trace.read(path) { ports.append($0.client.port) }
        trace.finish { ports.append($0.client.port) }
        return ports
    }

    private func frameCount(of path: String) throws -> Int {
        var count = 0
        var file = try CaptureFile(path: path)
        while try file.read({ _, _ in count += 1 }) {}
        return count
    }
}
