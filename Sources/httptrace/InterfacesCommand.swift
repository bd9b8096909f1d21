import ArgumentParser
import Bytes
import CaptureIO
import Console

struct InterfacesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "interfaces",
        abstract: "Lists the interfaces, and whether this user may capture on each.",
        discussion: """
            A name is what capture takes behind -i. Where none may be captured on, it says how that \
            is mended.

            Examples:
              httptrace interfaces
              httptrace interfaces | grep 'may capture'
            """
    )

    func run() throws {
        FailedWrites.becomeErrors()
        let interfaces: [CaptureInterface]
        do throws(CaptureError) {
            interfaces = try CaptureInterface.all()
        } catch {
            throw error.reported()
        }
        let obstacles = interfaces.map { $0.obstacle() }
        try show(interfaces, obstacles)
        if let right = obstacles.compactMap(\.self).first(where: { $0.kind == .notPermitted }) {
            report(right.description)
        }
    }

    private func show(_ interfaces: [CaptureInterface], _ obstacles: [CaptureError?]) throws {
        let width = interfaces.map(\.name.count).max() ?? 0
        var output = StandardOutput()
        do throws(StandardOutput.Failure) {
            for (interface, obstacle) in zip(interfaces, obstacles) {
                try output.write(line(for: interface, obstacle, width: width) + "\n")
            }
        } catch {
            report("\(error)")
            throw ExitCode(CaptureError.Kind.cannotCreate.exitCode)
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
        return EscapedText.harmless(line)
    }
}
