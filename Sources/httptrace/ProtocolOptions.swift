import ArgumentParser
import Packets
import Trace

/// What the commands can be told of traffic that does not show by itself what it is.
struct ProtocolOptions: ParsableArguments {
    @Option(
        name: .customLong("port"),
        help: ArgumentHelp(
            "Read connections to this server port as HTTP, whatever they look like; repeatable.",
            valueName: "port"
        )
    )
    var ports: [UInt16] = []

    @OptionGroup(title: OptionTitle.reading) var other: DecodeAsOption

    /// Has the tracer go by what it is told.
    func apply(to options: inout TracerOptions) {
        options.httpPorts.formUnion(ports)
        for wish in other.wishes {
            switch wish {
            case .layer(let rule): options.decoding.rules.append(rule)
            case .http(let ports): options.httpPorts.formUnion(ports)
            }
        }
    }
}
