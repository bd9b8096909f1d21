import ArgumentParser
import CaptureIO
import TraceIO
import Console

struct InterfacesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "interfaces",
        abstract: "Lists the interfaces, and whether this user may capture on each."
    )

    func run() throws {
        BrokenPipes.becomeErrors()
        do throws(CaptureError) {
            let interfaces = try CaptureInterface.all()
            let width = interfaces.map(\.name.count).max() ?? 0
            for interface in interfaces {
                print(line(for: interface, width: width))
            }
        } catch {
            throw error.reported()
        }
    }

    private func line(for interface: CaptureInterface, width: Int) -> String {
        let name = interface.name
        var line = name + String(repeating: " ", count: width - name.count)
        line += interface.isUp ? "  up  " : "  down"
        line += interface.isLoopback ? "  loopback" : "          "
        if let obstacle = interface.obstacle() {
            line += "  no: \(obstacle)"
        } else {
            line += "  may capture"
        }
        if let label = interface.label { line += "  (\(label))" }
        if !interface.addresses.isEmpty {
            line += "  " + interface.addresses.joined(separator: ", ")
        }
        return line
    }
}
