internal import HTTPWire
internal import Trace

// What a line about an exchange holds.
extension JSONObject {
    package static let exchange = JSONObject(
        "exchange",
        "A request and its response, on one line as soon as the exchange is over.",
        ofExchange
    )

    package static let pending = JSONObject(
        "pending",
        "With --pending: a request that has waited a second; its exchange has a line of its own later.",
        [
            .always("type", .word(["pending"]), "Tells the line from those of exchanges."),
            .always("waited", .seconds, "How long, until now."),
        ] + ofExchange
    )

    private static let ofExchange: [JSONMember] = [
        .always("stream", number, "The TCP connection, from 0, as Wireshark numbers them."),
        .always("index", number, "The exchange within its connection, from 0."),
        .always("client", .object(endpoint), "Who asked."),
        .always("server", .object(endpoint), "Who answered."),
        .always("request", .optional(.object(request)), "null where the capture has none."),
        .always("response", .optional(.object(response)), "null where the capture has none."),
        .sometimes("interim", .list(.object(response)), "Responses 1xx before the final one."),
        .sometimes(
            "absence",
            .word(Absence.allCases.map(\.rawValue)),
            "Why a half is missing."
        ),
        .sometimes(
            "endedBy",
            .word(
                ConnectionEnd.Side.allCases.flatMap { side in
                    ConnectionEnd.Manner.allCases.map { "\(side.rawValue)-\($0.rawValue)" }
                }
            ),
            "What ended the connection first, where that cost the exchange anything."
        ),
        .sometimes("ends", .list(.object(connectionEnd)), "All that has ended it, in order."),
        .sometimes(
            "proxy",
            .object(proxy),
            "What the PROXY protocol says in front of the request."
        ),
        .sometimes(
            "switched",
            .object(switched),
            "What followed a CONNECT or Upgrade on the connection."
        ),
        .always("timing", .object(timing), "How long each part took."),
        .sometimes("tcp", .object(transport), "What TCP cost; absent where it cost nothing."),
        .always(
            "findings",
            .list(.object(finding)),
            "What is wrong with the pair, or with the connection under it."
        ),
    ]

    private static let connectionEnd = JSONObject(
        "end",
        "A FIN or RST.",
        [
            .always("by", .word(ConnectionEnd.Side.allCases.map(\.rawValue)), "Who sent it."),
            .always(
                "how",
                .word(ConnectionEnd.Manner.allCases.map(\.rawValue)),
                "By a FIN, or by a RST."
            ),
            .always("frame", number, "The frame with it."),
            .sometimes("sinceRequest", .difference, "First byte of the request to that frame."),
        ]
    )

    static let endpoint = JSONObject(
        "endpoint",
        "An end of a TCP connection.",
        [
            .always("address", .text, "IPv4, or IPv6 without brackets."),
            .always("port", number, "The TCP port."),
        ]
    )

    static let request = JSONObject(
        "request",
        "A request as it was sent.",
        [
            .always("method", .optional(.text), "As sent; null where there is none."),
            .always("target", .optional(.text), "The request target as sent."),
        ] + ofMessage
    )

    static let response = JSONObject(
        "response",
        "A response as it was sent.",
        [
            .always(
                "status",
                .optional(number),
                "The status code; null where it is not a number."
            ),
            .always("reason", .optional(.text), "The reason phrase as sent."),
        ] + ofMessage
    )

    private static let ofMessage: [JSONMember] = [
        .always(
            "version",
            .optional(.text),
            "As sent, such as HTTP/1.1; null where it is missing."
        ),
        .always(
            "headers",
            .list(.fieldLine),
            "Field lines in order as [name, value], names as sent; a byte that is not UTF-8 is "
                + "\\u00XX."
        ),
        .sometimes("trailers", .list(.fieldLine), "Field lines of the trailer section."),
        .always(
            "bodyLength",
            .count(of: "bytes"),
            "Content that was seen, without chunk framing, before decoding."
        ),
        .sometimes(
            "wireLength",
            .count(of: "bytes"),
            "The whole message in the TCP stream."
        ),
        .always("complete", .flag, "Whether it was seen to the end that its framing defines."),
        .always("firstFrame", number, "The frame of its first byte, from 1, as in Wireshark."),
        .always("lastFrame", number, "The frame that completed it."),
        .always(
            "time",
            .optional(.time),
            "Of its first frame; null where the file has no time for it."
        ),
        .always(
            "findings",
            .list(.object(finding)),
            "What is wrong with its bytes, in their order."
        ),
        .sometimes(
            "decodedLength",
            .count(of: "bytes"),
            "With --bodies: the content after decoding, where a coding was removed."
        ),
        .sometimes(
            "decodingErrors",
            .list(.text),
            "With --bodies: why a coding could not be removed."
        ),
        .sometimes("bodyTruncated", .flag, "With --bodies: true where there was more."),
        .sometimes(
            "bodyEncoding",
            .word(["utf-8", "base64", "hex"]),
            "With --bodies: how body is written."
        ),
        .sometimes("body", .text, "With --bodies: the content."),
    ]

    static let finding = JSONObject(
        "finding",
        "Something that is wrong or worth knowing; `httptrace explain CODE` says more.",
        [
            .always("code", .text, "Stable; the same as in every other output."),
            .always(
                "severity",
                .word(["error", "warning", "note"]),
                "error violates a MUST; recipients disagree about a warning."
            ),
            .sometimes(
                "offset",
                .count(of: "bytes"),
                "Where it is, from the message's first byte."
            ),
            .sometimes("frame", number, "Where the bytes came that belong to no message."),
            .sometimes("length", .count(of: "bytes"), "How many bytes it is about."),
            .sometimes("bytes", .text, "The first of the bytes that belong to no message."),
            .always("message", .text, "One sentence for people."),
            .always("reference", .text, "The rule, such as RFC 9112 §2.1."),
            .sometimes("occurrences", .count(of: "times"), "How often, where more than once."),
        ]
    )

    static let timing = JSONObject(
        "timing",
        "Durations as the HTTP Archive format (HAR) means them, at the place of capture.",
        [
            .sometimes("connect", .seconds, "SYN to the ACK that completes the handshake."),
            .sometimes(
                "serverRoundTrip",
                .seconds,
                "SYN to SYN-ACK: from the capture to the server."
            ),
            .sometimes(
                "clientRoundTrip",
                .seconds,
                "SYN-ACK to ACK: from the capture to the client."
            ),
            .sometimes(
                "observed",
                .word([ObservationPoint.client, .server, .between].map(\.rawValue)),
                "Where on the way the capture was made, by these round trips."
            ),
            .sometimes("blocked", .seconds, "How long the connection was idle before the request."),
            .sometimes("send", .seconds, "First byte of the request to its last."),
            .sometimes(
                "expectation",
                .seconds,
                "How long the client waited for 100 (Continue)."
            ),
            .sometimes("wait", .seconds, "Last byte of the request to the first of the response."),
            .sometimes(
                "firstByte",
                .seconds,
                "First byte of the request to the first of the response."
            ),
            .sometimes("lossRecovery", .seconds, "How much of it waited for lost segments."),
            .sometimes("receive", .seconds, "First byte of the response to its last."),
            .sometimes("total", .seconds, "First byte of the request to the last of the response."),
            .sometimes(
                "waited",
                .seconds,
                "First byte of the request to what ended the wait for a response that is not whole."
            ),
        ]
    )

    static let transport = JSONObject(
        "tcp",
        "What TCP cost the exchange.",
        [
            .sometimes("retransmissions", .count(of: "segments"), "With bytes sent before."),
            .sometimes("requestBytesRepeated", .count(of: "bytes"), "Of the request, sent again."),
            .sometimes("responseBytesRepeated", .count(of: "bytes"), "Of responses, sent again."),
            .sometimes("zeroWindow", .seconds, "How long a full receiver kept the sender waiting."),
        ]
    )

    static let proxy = JSONObject(
        "proxy",
        "A header of the PROXY protocol.",
        [
            .always("version", number, "1 or 2."),
            .sometimes("client", .object(endpoint), "For whom the proxy speaks."),
            .sometimes("server", .object(endpoint), "Whom that client had reached."),
        ]
    )

    static let switched = JSONObject(
        "switched",
        "What a connection carries after a CONNECT or Upgrade.",
        [
            .always("protocol", .text, "tunnel, or the protocol of the Upgrade."),
            .sometimes("recognized", .text, "What the first bytes show, such as TLS."),
            .sometimes("client", .object(switchedSide), "What the client sent then."),
            .sometimes("server", .object(switchedSide), "What the server sent then."),
        ]
    )

    private static let switchedSide = JSONObject(
        "switchedSide",
        "One direction of it.",
        [
            .always("bytes", .count(of: "bytes"), "All of them."),
            .sometimes("frames", .counts, "WebSocket frames, by the name of their opcode."),
            .sometimes("masked", .count(of: "frames"), "With a mask."),
            .sometimes("framesLost", .flag, "true where a gap ends the counting."),
        ]
    )

    static let number = JSONShape.count(of: "")
}
