internal import Findings
internal import Packets
internal import Support
internal import Trace

/// What a tracer makes of a list of frames.
struct Traced {
    private(set) var exchanges: [Exchange] = []
    private(set) var summary = TraceSummary()
    /// What became of the frames that the options ask about.
    private(set) var explanations: [FrameExplanation] = []

    init(_ frames: [BuiltFrame], options: TracerOptions = TracerOptions()) {
        var tracer = Tracer(options: options)
        var finished: [Exchange] = []
        for (index, built) in frames.enumerated() {
            tracer.process(built.frame(number: index + 1), built.bytes.span)
            tracer.takeFinished { finished.append($0) }
        }
        tracer.finish()
        tracer.takeFinished { finished.append($0) }
        exchanges = finished
        summary = tracer.summary
        explanations = tracer.explanations
    }

    init(_ builder: ConversationBuilder, options: TracerOptions = TracerOptions()) {
        self.init(builder.frames, options: options)
    }

    /// Each exchange as `GET /a 200`, with `-` for what is missing.
    var pairs: [String] { exchanges.map(\.pair) }

    /// The codes found in messages and exchanges, each once, in the order of the catalogue.
    var codes: [FindingCode] { FindingCode.allCases.filter { summary.findings[$0] != nil } }
}

extension Exchange {
    /// The exchange as `GET /a 200`, with `-` for what is missing.
    var pair: String {
        let line = request.map { "\($0.method ?? "?") \($0.target ?? "?")" } ?? "-"
        return "\(line) \(response.map { $0.status.map(String.init) ?? "?" } ?? "-")"
    }

    /// What does not depend on how the capture's frames were cut, moved or doubled.
    var essence: String {
        let one = request.map(\.essence) ?? "none"
        let two = response.map(\.essence) ?? "none"
        return "\(pair) | \(one) | \(interim.map(\.essence)) | \(two)"
    }

    /// The codes of its own findings.
    var codes: [FindingCode] { findings.map(\.code) }
}

extension Message {
    fileprivate var essence: String {
        "\(version ?? "") \(contentLength) \(isComplete) \(fields) \(findings)"
    }
}

/// A connection over which the client asked for each target and was answered 200 with its name.
func conversation(_ targets: [String], isClosed: Bool = true) -> ConversationBuilder {
    var builder = ConversationBuilder()
    builder.handshake()
    for target in targets { builder.exchange(target) }
    if isClosed { builder.close() }
    return builder
}

extension ConversationBuilder {
    /// Sends a request for `target` and the answer to it.
    mutating func exchange(_ target: String, status: Int = 200) {
        ask(target)
        answer(target, status: status)
    }

    mutating func ask(_ target: String, method: String = "GET", content: String? = nil) {
        let length = content.map { "Content-Length: \($0.utf8.count)\r\n" } ?? ""
        let head = "\(method) \(target) HTTP/1.1\r\nHost: h\r\n\(length)\r\n"
        send(head + (content ?? ""), from: .client)
    }

    mutating func answer(_ content: String, status: Int = 200) {
        send(
            "HTTP/1.1 \(status) S\r\nContent-Length: \(content.utf8.count)\r\n\r\n\(content)",
            from: .server
        )
    }
}
