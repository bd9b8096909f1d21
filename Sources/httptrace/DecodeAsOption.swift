import ArgumentParser
import Packets

/// What numbers stand for here.
struct DecodeAsOption: ParsableArguments {
    @Option(
        name: .customLong("decode-as"),
        help: ArgumentHelp(
            """
            Take what has this number for this protocol, as tshark -d does; repeatable. \
            (udp.port==4790,vxlan; ethertype==0x9999,ip; ip.proto==99,gre; tcp.port==8000-8010,http)
            """,
            valueName: "layer==number,protocol"
        ),
        transform: Self.wish
    )
    var wishes: [DecodeAs] = []

    private static func wish(_ text: String) throws -> DecodeAs {
        do throws(DecodeAs.Fault) {
            return try DecodeAs(text)
        } catch {
            throw ValidationError("\(error).")
        }
    }
}
