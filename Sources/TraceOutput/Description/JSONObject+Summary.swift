internal import Trace

// What the last line holds, which `--summary` asks for.
extension JSONObject {
    package static let summary = JSONObject(
        "summary",
        "With --summary: what the whole capture held, on the last line.",
        [
            .always("type", .word(["summary"]), "Tells the line from those of exchanges."),
            .always("frames", .count(of: "frames"), "In the capture."),
            .always("streams", .count(of: "connections"), "TCP connections."),
            .always("exchanges", .count(of: "exchanges"), "Half ones included."),
            .always("findings", .counts, "How often each code was found."),
            .always("ledger", .object(ledger), "Where each byte of TCP payload went."),
            .always("unusedFrames", .counts, "Frames without a TCP segment to use, by reason."),
            .always(
                "otherStreams",
                .counts,
                "Connections that are not HTTP/1, by protocol."
            ),
            .sometimes(
                "failedConnections",
                .list(.object(failedConnection)),
                "Those that were refused or not answered."
            ),
            .sometimes(
                "failedEndpoints",
                .list(.object(failedEndpoint)),
                "The servers of all that failed, 64 of them at the most."
            ),
            .sometimes(
                "slowEndpoints",
                .list(.object(slowEndpoint)),
                "Servers that answered only when asked again, 64 at the most."
            ),
            .sometimes(
                "foreignConnections",
                .list(.object(foreignConnection)),
                "The first of those whose protocol, or server, is known."
            ),
            .sometimes(
                "idleResets",
                .list(.object(idleReset)),
                "The first connections that were reset while nothing was asked."
            ),
            .sometimes("switched", .named(switchedTotal), "What CONNECT and Upgrade led to."),
            .always("lostFrames", .counts, "Frames the capture itself says it lost, by where."),
            .always("comments", .list(.object(comment)), "Remarks in the capture file."),
            .sometimes("clock", .object(clock), "What is wrong with the frames' times."),
            .sometimes(
                "joinedAt",
                .list(.count(of: "bytes")),
                "Where files were joined to this one, from its beginning."
            ),
        ]
    )

    private static let ledger = JSONObject(
        "ledger",
        "The bytes of TCP payload; gap is not among them.",
        [
            .always("payload", .count(of: "bytes"), "The sum of the next four."),
            .always("message", .count(of: "bytes"), "Of HTTP messages."),
            .always("duplicate", .count(of: "bytes"), "Seen before."),
            .always("notHTTP", .count(of: "bytes"), "Of connections that are not HTTP/1."),
            .always("unclaimed", .count(of: "bytes"), "On HTTP connections, of no message."),
            .always("gap", .count(of: "bytes"), "Missing from the capture."),
        ]
    )

    private static let failedConnection = JSONObject(
        "failedConnection",
        "A connection that did not come about.",
        [
            .always("stream", number, "As in exchanges."),
            .always("client", .object(endpoint), "Who tried."),
            .always("server", .object(endpoint), "Whom it tried to reach."),
            .always("outcome", outcome, "By a reset, or by nothing."),
            .always("attempts", .count(of: "SYNs"), "How often it tried."),
            .always("duration", .seconds, "First SYN to the last frame."),
        ]
    )

    private static let outcome = JSONShape.word(
        [FailedConnection.Outcome.refused, .unanswered].map(\.rawValue)
    )

    private static let failedEndpoint = JSONObject(
        "failedEndpoint",
        "A server to which connections failed in one way.",
        [
            .always("server", .object(endpoint), "Whom they tried to reach."),
            .always("connections", .count(of: "connections"), "That failed so."),
            .always("outcome", outcome, "By a reset, or by nothing."),
            .always("attempts", .count(of: "SYNs"), "How often they tried."),
        ]
    )

    private static let slowEndpoint = JSONObject(
        "slowEndpoint",
        "A server to which a SYN had to be sent again.",
        [
            .always("server", .object(endpoint), "Whom the clients tried to reach."),
            .always("connections", .count(of: "connections"), "That came about so."),
            .always("longestConnect", .seconds, "The longest time to connect."),
        ]
    )

    private static let idleReset = JSONObject(
        "idleReset",
        "A connection that was reset while nothing was asked, answered or closed on it.",
        [
            .always("stream", number, "As in exchanges."),
            .always("client", .object(endpoint), "Who asked before."),
            .always("server", .object(endpoint), "Who answered."),
            .always("by", .word(ConnectionEnd.Side.allCases.map(\.rawValue)), "Who reset it."),
            .always("frame", number, "The frame with the RST."),
            .sometimes("idle", .seconds, "End of the last response to that frame."),
        ]
    )

    private static let foreignConnection = JSONObject(
        "foreignConnection",
        "A connection that is not HTTP/1.",
        [
            .always("stream", number, "As in exchanges."),
            .always("client", .object(endpoint), "Who opened it."),
            .always("server", .object(endpoint), "The other end."),
            .always("protocol", .text, "As its first bytes tell, or unknown."),
            .sometimes("serverName", .text, "Whom the client asked for in TLS (RFC 6066 §3)."),
        ]
    )

    private static let switchedTotal = JSONObject(
        "switchedTotal",
        "What one protocol amounted to.",
        [
            .always("connections", .count(of: "connections"), "That switched to it."),
            .always("clientBytes", .count(of: "bytes"), "That clients sent then."),
            .always("serverBytes", .count(of: "bytes"), "That servers sent then."),
        ]
    )

    private static let comment = JSONObject(
        "comment",
        "A remark that a person or program left in a capture file.",
        [
            .sometimes("frame", number, "What it is about; absent where it is the file."),
            .always("text", .text, "As it stands there."),
        ]
    )

    private static let clock = JSONObject(
        "clock",
        "Faults of the capture's clock.",
        [
            .always("framesWithoutTime", .count(of: "frames"), "Which the file has none for."),
            .always(
                "stepsBack",
                .count(of: "times"),
                "How often a frame is earlier than the last."
            ),
            .sometimes("farthest", .object(clockStep), "The largest such step."),
            .sometimes("wrongUnit", .object(wrongUnit), "Times that are not in the file's unit."),
        ]
    )

    private static let clockStep = JSONObject(
        "clockStep",
        "A step back of the clock.",
        [
            .always("before", number, "The frame before it."),
            .always("frame", number, "The frame behind it."),
            .always("seconds", .seconds, "How far."),
        ]
    )

    private static let wrongUnit = JSONObject(
        "wrongUnit",
        "Times that a file of microseconds cannot hold.",
        [
            .always("count", .count(of: "frames"), "That have such a time."),
            .always("firstFrame", number, "The first of them."),
            .sometimes("readAs", .word(["nanoseconds"]), "What they were taken for instead."),
        ]
    )
}
