import Processes
import SystemPackage
import Testing

@Suite struct ChildProcessTests {
    @Test(arguments: [
        (status: Int32(0), exitCode: Int32(0)), (0x300, 3), (0xFF00, 255), (9, 137), (0x8B, 139),
    ])
    func `an end is told as a shell tells it`(status: Int32, exitCode: Int32) {
        #expect(ChildProcess.End(status: status)?.exitCode == exitCode)
    }

    @Test func `a program that was stopped goes on`() {
        #expect(ChildProcess.End(status: 0x137F) == nil)
    }

    @Test func `a program's end is waited for`() throws {
        let signals = InheritedSignals()
        let exited = try ChildProcess.start(["sh", "-c", "exit 7"], signals: signals)
        #expect(exited.end() == .exited(7))
        let killed = try ChildProcess.start(["sh", "-c", "kill -KILL $$"], signals: signals)
        #expect(killed.end() == .killed(signal: 9))
    }

    @Test func `a program gets its arguments, and its output goes where it is told`() throws {
        let (readEnd, writeEnd) = try FileDescriptor.pipe()
        defer { try? readEnd.close() }
        let process = try writeEnd.closeAfter {
            try ChildProcess.start(
                ["printf", "%s|", "a b", "", "ü"],
                output: writeEnd,
                signals: InheritedSignals()
            )
        }
        #expect(process.end() == .exited(0))
        var text = [UInt8](repeating: 0, count: 100)
        let count = try unsafe text.withUnsafeMutableBytes { try unsafe readEnd.read(into: $0) }
        #expect(String(decoding: text.prefix(count), as: UTF8.self) == "a b||ü|")
    }

    @Test(arguments: [("/no/such/program", Int32(127)), ("/", 126)])
    func `a program that cannot be started has the exit code of a shell`(
        name: String,
        exitCode: Int32
    ) {
        let failure = #expect(throws: ChildProcess.StartFailure.self) {
            try ChildProcess.start([name], signals: InheritedSignals())
        }
        #expect(failure?.exitCode == exitCode)
        #expect(failure?.description.hasPrefix(name) == true)
    }
}
