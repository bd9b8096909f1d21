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

    @Option(
        name: .customLong("decode-as"),
        help: ArgumentHelp(
            """
            Take what has this number for this protocol, as tshark -d does; repeatable. \
            (udp.port==4790,vxlan; ethertype==0x9999,ip; ip.proto==99,gre; tcp.port==8000-8010,http)
            """,
            valueName: "layer==number,protocol"
        ),
        transform: Self.decodeAs
    )
    var decodeAs: [DecodeAs] = []

    /// Has the tracer go by what it is told.
    func apply(to options: inout TracerOptions) {
        options.httpPorts.formUnion(ports)
        for wish in decodeAs {
            switch wish {
            case .layer(let rule): options.decoding.rules.append(rule)
            case .http(let ports): options.httpPorts.formUnion(ports)
            }
        }
    }

    private static func decodeAs(_ text: String) throws -> DecodeAs {
        do throws(DecodeAs.Fault) {
            return try DecodeAs(text)
        } catch {
            throw ValidationError("\(error).")
        }
    }
}
