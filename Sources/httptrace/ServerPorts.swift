import ArgumentParser

/// The ports of servers that are known to speak HTTP, which `read` and `capture` can be told.
struct ServerPorts: ParsableArguments {
    @Option(
        name: .customLong("port"),
        help: ArgumentHelp(
            "Read connections to this server port as HTTP, whatever they look like; repeatable.",
            valueName: "port"
        )
    )
    var numbers: [UInt16] = []
}
