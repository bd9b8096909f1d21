import ArgumentParser
import CaptureIO
import Processes
import SystemPackage

/// The network that a command runs in.
enum CommandNetwork {
    /// One of its own, which nobody else uses.
    case own
    /// This machine's.
    case host

    /// Chooses one, and moves this process into it where it is the command's own.
    ///
    /// - Throws: the program's exit code, once the reason is reported.
    static func enter(asking wantsHost: Bool, _ signals: InheritedSignals) throws -> CommandNetwork
    {
        guard !wantsHost else {
            if let obstacle = hostObstacle() {
                report(obstacle.descriptionForRun)
                throw ExitCode(obstacle.kind.exitCode)
            }
            return .host
        }
        guard let obstacle = ownObstacle(signals) else {
            do throws(NamespaceObstacle) {
                try NetworkNamespace.enter()
                return .own
            } catch {
                report("the command cannot have a network of its own: \(error)")
                throw ExitCode(CaptureError.Kind.notPermitted.exitCode)
            }
        }
        report("the command cannot have a network of its own: \(obstacle)")
        if let hostObstacle = hostObstacle() {
            report("and on this machine's loopback \(hostObstacle.descriptionForRun)")
            throw ExitCode(CaptureError.Kind.notPermitted.exitCode)
        }
        report("so this machine's loopback is captured on, as far as it is the command's")
        return .host
    }

    /// What keeps a command from having a network of its own, as another process finds it.
    private static func ownObstacle(_ signals: InheritedSignals) -> String? {
        do {
            let (readEnd, writeEnd) = try FileDescriptor.pipe(options: .closeOnExec)
            defer { try? readEnd.close() }
            let probe = try writeEnd.closeAfter {
                try ChildProcess.start(
                    ["/proc/self/exe", NetworkProbeCommand.name],
                    output: writeEnd,
                    signals: signals
                )
            }
            var answer = [UInt8](repeating: 0, count: 4096)
            let count = try unsafe answer.withUnsafeMutableBytes { bytes in
                try unsafe readEnd.read(into: bytes)
            }
            _ = probe.end()
            let text = String(decoding: answer.prefix(count), as: UTF8.self)
            return text == NetworkProbeCommand.ready ? nil : text
        } catch {
            return "\(error)"
        }
    }

    /// What keeps this user from capturing on this machine's loopback.
    private static func hostObstacle() -> CaptureError? {
        do throws(CaptureError) {
            let loopback = try CaptureInterface.loopback()
            return try CaptureInterface.all().first { $0.name == loopback }?.obstacle()
        } catch {
            return error
        }
    }
}
