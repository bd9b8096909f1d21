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
            let obstacles = interfaces.map { $0.obstacle() }
            for (interface, obstacle) in zip(interfaces, obstacles) {
                print(line(for: interface, obstacle, width: width))
            }
            if let right = obstacles.compactMap(\.self).first(where: { $0.kind == .notPermitted }) {
                report(right.description)
            }
        } catch {
            throw error.reported()
        }
    }

    private func line(
        for interface: CaptureInterface,
        _ obstacle: CaptureError?,
        width: Int
    ) -> String {
        let name = interface.name
        var line = name + String(repeating: " ", count: width - name.count)
        line += interface.isUp ? "  up  " : "  down"
        line += interface.isLoopback ? "  loopback" : "          "
        switch obstacle {
        case nil: line += "  may capture"
        case .captureNotPermitted: line += "  not permitted"
        case .interfaceUnavailable(_, let reason): line += "  unavailable: \(reason)"
        case let other?: line += "  unavailable: \(other)"
        }
        if let label = interface.label { line += "  (\(label))" }
        if !interface.addresses.isEmpty {
            line += "  " + interface.addresses.joined(separator: ", ")
        }
        return line
    }
}
