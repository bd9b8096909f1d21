internal import Trace

// What a line about a frame holds, which `read --frame` asks for.
extension JSONObject {
    package static let frame = JSONObject(
        "frame",
        "With read --frame: one frame, its bytes, and what was waited for.",
        [
            .always("frame", number, "Its number, from 1."),
            .always("time", .optional(.time), "null where the file has none."),
            .always("length", .count(of: "bytes"), "On the wire."),
            .always("captured", .count(of: "bytes"), "In the file."),
            .always("layers", .list(.text), "Each header around the segment, from the outside."),
            .sometimes("reason", .text, "Why there is no segment to use."),
            .sometimes("completedIn", number, "The frame that completed this fragment's packet."),
            .sometimes("stream", number, "As in exchanges."),
            .sometimes("from", .word(["client", "server"]), "Who sent it."),
            .sometimes("source", .text, "The sender's address and port."),
            .sometimes("destination", .text, "The receiver's."),
            .sometimes("tcp", .object(segment), "The segment's header."),
            .sometimes("findings", .list(.text), "Codes of what TCP shows here."),
            .sometimes("payload", .list(.object(piece)), "What became of the payload."),
            .sometimes("messages", .list(.object(share)), "Messages that have bytes in it."),
            .sometimes("bytes", .list(.text), "What the bytes are, in sentences."),
            .sometimes("waiting", .list(.text), "What is waited for behind it, in sentences."),
            .sometimes("wireshark", .text, "How Wireshark's packet list shows it."),
        ]
    )

    private static let segment = JSONObject(
        "segment",
        "The header of a TCP segment; numbers are relative, as in Wireshark.",
        [
            .always("length", .count(of: "bytes"), "Of payload."),
            .always("flags", .list(.text), "Those that are set."),
            .always("sequence", number, "The sequence number."),
            .sometimes("acknowledgement", number, "The acknowledgement number."),
            .sometimes("streamOffset", .count(of: "bytes"), "The payload's place in the stream."),
        ]
    )

    private static let piece = JSONObject(
        "piece",
        "A part of the payload.",
        [
            .always("offset", .count(of: "bytes"), "From the payload's beginning."),
            .always("length", .count(of: "bytes"), "Of it."),
            .always(
                "fate",
                .word(["delivered", "repeated", "late", "ignored"]),
                "What became of it."
            ),
            .sometimes("frame", number, "Where it was delivered, or had come first."),
        ]
    )

    private static let share = JSONObject(
        "share",
        "What a frame holds of a message.",
        [
            .always("offset", .count(of: "bytes"), "From the message's beginning."),
            .always("length", .count(of: "bytes"), "In this frame."),
            .always("of", .count(of: "bytes"), "The whole message."),
            .always("exchange", number, "index of its exchange."),
            .always("message", .text, "request, response or interim response."),
            .always("startLine", .text, "As sent."),
            .always("firstFrame", number, "Of the message."),
            .always("lastFrame", number, "Of the message."),
            .always("complete", .flag, "As in exchanges."),
            .sometimes("counterpartFrame", number, "First frame of the other half."),
            .always("parts", .list(.object(part)), "What these bytes are."),
        ]
    )

    private static let part = JSONObject(
        "part",
        "A part of a message.",
        [
            .always("offset", .count(of: "bytes"), "From the message's beginning."),
            .always("length", .count(of: "bytes"), "In this frame."),
            .always("part", .text, "Such as start line, field lines or content."),
        ]
    )
}

// What a line of `explain --format json` holds.
extension JSONObject {
    package static let explanation = JSONObject(
        "explanation",
        "With explain --format json: what the catalogue says about a finding.",
        [
            .always("code", .text, "As in findings."),
            .always("severity", .word(["error", "warning", "note"]), "As in findings."),
            .always("group", .text, "What it is about."),
            .always("message", .text, "One sentence for people."),
            .always("reference", .text, "The rule's RFC and section."),
            .always("rule", .text, "What it says."),
            .always("example", .text, "Bytes that break it, with escapes."),
            .always("marked", .text, "The part of them that is wrong."),
            .always("elsewhere", .text, "What other programs do with it."),
            .always("mend", .text, "How to mend it."),
        ]
    )

    /// The objects that can stand on a line.
    package static let lines: [JSONObject] = [.exchange, .pending, .summary, .frame, .explanation]

    /// Those, and all that they refer to, each once and in the order of the reading.
    package static let all: [JSONObject] = {
        var found: [JSONObject] = []
        for line in lines { line.collect(into: &found) }
        return found
    }()

    private func collect(into found: inout [JSONObject]) {
        guard !found.contains(where: { $0.name == name }) else { return }
        found.append(self)
        for member in members { member.shape.object?.collect(into: &found) }
    }
}

extension JSONShape {
    /// The object that the value is, or holds.
    package var object: JSONObject? {
        switch self {
        case .object(let object), .named(let object): object
        case .list(let shape), .optional(let shape): shape.object
        case .text, .word, .count, .seconds, .difference, .time, .flag, .fieldLine, .counts: nil
        }
    }
}
