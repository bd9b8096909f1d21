import ArgumentParser
import CaptureIO
import Console
import Processes

/// Tries what `run` needs, in a process that is of no other use: on standard output stands what is
/// in the way, or ``ready``.
struct NetworkProbeCommand: ParsableCommand {
    /// What a probe says where nothing is in the way.
    static let ready = "ready"

    /// The command's name.
    static let name = "probe-network"

    static let configuration = CommandConfiguration(
        commandName: name,
        abstract: "Tells whether a command can have a network of its own.",
        shouldDisplay: false
    )

    func run() throws {
        var output = StandardOutput()
        try output.write(obstacle ?? Self.ready)
    }

    private var obstacle: String? {
        do throws(NamespaceObstacle) {
            try NetworkNamespace.enter()
        } catch {
            return error.description
        }
        do throws(CaptureError) {
            let loopback = try CaptureInterface.loopback()
            return try CaptureInterface.all().first { $0.name == loopback }?.obstacle()?.description
        } catch {
            return error.description
        }
    }
}
