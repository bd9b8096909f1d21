internal import Bytes
internal import Expectations
internal import Findings
internal import HTTPWire
internal import Trace

/// An exchange without what differs in every run: ports, times and sequence numbers.
struct ComparedExchange: Hashable {
    /// The request line and the status line, as text: `GET / HTTP/1.1`; `none` where there is none.
    var startLines: [String]
    /// The parts of the request line that tell exchanges apart.
    var method: String
    var target: [UInt8]
    /// The status codes of the interim responses.
    var interim: [String] = []
    /// The field lines of the request and of the response.
    var fields: [[ComparedField]] = [[], []]
    /// The content of both.
    var contents: [ComparedContent] = [ComparedContent(), ComparedContent()]
    /// The codes found in the request, the response, interim responses, and about the exchange.
    var findings: [[String]] = [[], [], [], []]
    /// Where segments begin inside the request and the response.
    var cuts: [[Int]] = [[], []]
    /// Whether the connection had carried an exchange before.
    var isReused = false
    /// Why a message is missing.
    var absence: Absence?

    init(_ exchange: Exchange, _ options: ComparisonOptions) {
        let normalization = Normalization(exchange)
        let messages = [exchange.request, exchange.response]
        startLines = messages.map { $0.map { $0.startLine(normalization) } ?? "none" }
        (method, target) = ("", [])
        if let request = exchange.request {
            let head = request.head
            method = normalization.pattern(head.bytes[head.startLine.method]).word
            target = Array(normalization.pattern(head.bytes[head.startLine.target]).word.utf8)
        }
        interim = exchange.interim.map { $0.startLine(normalization) }
        absence = exchange.absence
        for (side, message) in messages.enumerated() {
            guard let message else { continue }
            if options.aspects.contains(.headers) {
                fields[side] = message.comparedFields(normalization, options)
            }
            if options.aspects.contains(.content) { contents[side] = ComparedContent(message) }
        }
        if options.aspects.contains(.findings) { findings = Self.findings(of: exchange) }
        if options.aspects.contains(.segments), let cut = exchange.segmentCuts.first {
            cuts = [cut.request, cut.response]
        }
        if options.aspects.contains(.connections) { isReused = exchange.index > 0 }
    }

    private static func findings(of exchange: Exchange) -> [[String]] {
        let lists = [
            exchange.request?.findings ?? [], exchange.response?.findings ?? [],
            exchange.interim.flatMap(\.findings), exchange.findings,
        ]
        return lists.map { Set($0.map(\.code.rawValue)).sorted() }
    }
}

/// One field line.
struct ComparedField: Hashable {
    /// The name in lower case: that is how names are compared.
    var name: String
    /// The line as it was sent, with `*` in place of ports and dates.
    var text: String
}

/// The content of one message.
struct ComparedContent: Hashable {
    /// Bytes of it that were seen.
    var length = 0
    /// As many as were kept, codings removed.
    var bytes: [UInt8] = []

    init() {}

    init(_ message: Message) {
        length = message.contentLength
        bytes = message.decodedContent
    }
}

extension Message {
    fileprivate func startLine(_ normalization: Normalization) -> String {
        let line = head.startLine
        if !line.method.isEmpty || !line.target.isEmpty {
            return [line.method, line.target, line.version].filter { !$0.isEmpty }
                .map { normalization.pattern(head.bytes[$0]).word }.joined(separator: " ")
        }
        let parts = [line.version, line.status, line.reason].filter { !$0.isEmpty }
        return parts.map { pattern($0).rest }.joined(separator: " ")
    }

    fileprivate func comparedFields(
        _ normalization: Normalization,
        _ options: ComparisonOptions
    ) -> [ComparedField] {
        head.fieldLines.compactMap { line in
            let name = EscapedText.escape(head.bytes.span.extracting(line.name))
            guard !options.ignoredFields.contains(name.lowercased()) else { return nil }
            let value = normalization.pattern(head.bytes[line.value]).rest
            return ComparedField(
                name: name.lowercased(),
                text: line.hasColon ? "\(name): \(value)" : name
            )
        }
    }
}
