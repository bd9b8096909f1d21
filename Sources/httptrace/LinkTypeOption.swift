import ArgumentParser
import CaptureIO
import Packets

/// The link type of files that do not say it rightly.
struct LinkTypeOption: ParsableArguments {
    @Option(
        name: .customLong("link-type"),
        help: ArgumentHelp(
            """
            Take the files' frames for frames of this link type, whatever the files say: a name as \
            tcpdump has it (EN10MB, RAW, LINUX_SLL, IEEE802_11_RADIO), or its number in files.
            """,
            valueName: "name|number"
        ),
        transform: Self.linkType
    )
    var value: LinkType?

    private static func linkType(_ text: String) throws -> LinkType {
        guard let type = LinkType(named: text) else {
            throw ValidationError("there is no link type \"\(text)\"; \(decodable).")
        }
        guard type.isDecodable else {
            throw ValidationError("frames of \"\(text)\" cannot be decoded; \(decodable).")
        }
        return type
    }

    private static var decodable: String {
        "those that can be decoded are \(LinkType.decodableNames.joined(separator: ", "))"
    }
}
