internal import Bytes
internal import Findings
internal import HTTPWire
internal import Packets
package import Trace

/// How much of a trace is written down as what is expected.
package enum RecordingDetail: String, CaseIterable, Sendable, Hashable {
    /// Request lines, status codes and findings.
    case lines
    /// Fields too, as far as they are the same in every run.
    case fields
    /// Content too.
    case content
}

extension TraceExpectation {
    /// The expectation that `exchanges` meet.
    ///
    /// Ports and dates become wildcards, and what TCP and the capture did is left out: both may be
    /// otherwise in the next run. So are times. Where there are several servers, such as the hops of
    /// a proxy, the port tells which, unless the system chose it.
    package init(recording exchanges: [Exchange], detail: RecordingDetail = .lines) {
        var recorded: [ExpectedExchange] = []
        var server: Endpoint?
        let hasHops = Set(exchanges.map(\.server)).count > 1
        for exchange in exchanges {
            var next = ExpectedExchange(recording: exchange, detail: detail)
            if hasHops, exchange.server.port < Self.firstEphemeralPort {
                next.conditions.append(.server(TextPattern("*:\(exchange.server.port)")))
            }
            defer { server = exchange.server }
            if let last = recorded.last {
                next.count = last.count
                if next == last, exchange.server == server {
                    let count = last.count.upperBound + 1
                    recorded[recorded.count - 1].count = count...count
                    continue
                }
                next.count = 1...1
            }
            recorded.append(next)
        }
        self.init(recorded)
    }

    /// The first of the ports that Linux chooses itself where a program asks for any
    /// (`net.ipv4.ip_local_port_range`).
    private static let firstEphemeralPort: UInt16 = 32_768
}

extension ExpectedExchange {
    /// What `exchange` is.
    package init(recording exchange: Exchange, detail: RecordingDetail = .lines) {
        let normalization = Normalization(exchange)
        var request = ExpectedRequest.missing
        if exchange.hasRequest {
            let head = exchange.heldRequest.head
            request = .line(
                methods: [exchange.heldRequest.methodPattern],
                target: normalization.pattern(head.bytes[head.startLine.target])
            )
        }
        self.init(
            request: request,
            response: exchange.hasResponse
                ? exchange.heldStatus.map { .codes($0...$0) } ?? ExpectedStatus([.unreadable])
                : .missing,
            findings: exchange.foundCodes.filter(\.isWorthRecording).map { .code($0) }
        )
        guard detail != .lines else { return }
        if exchange.hasRequest {
            conditions += Self.conditions(exchange.heldRequest, normalization, detail)
                .map { .request($0) }
        }
        if exchange.hasResponse {
            conditions += Self.conditions(exchange.heldResponse, normalization, detail)
                .map { .response($0) }
        }
        if !exchange.interim.isEmpty {
            conditions.append(
                .interim(
                    exchange.interim.map { message in
                        message.status.map { .codes($0...$0) } ?? ExpectedStatus([.unreadable])
                    }
                )
            )
        }
    }

    /// The most content that is written down; of more, the length is.
    private static let contentLimit = 4096

    private static func conditions(
        _ message: Message,
        _ normalization: Normalization,
        _ detail: RecordingDetail
    ) -> [MessageCondition] {
        let head = message.head
        var conditions: [MessageCondition] = []
        if message.version != "HTTP/1.1" {
            conditions.append(.version(message.pattern(head.startLine.version)))
        }
        for line in head.fieldLines where line.hasColon {
            let name = String(decoding: head.bytes[line.name], as: UTF8.self)
            guard !name.isEmpty, name.utf8.allSatisfy(\.isToken),
                !Normalization.volatileFields.contains(name.lowercased())
            else { continue }
            conditions.append(.field(name, normalization.pattern(head.bytes[line.value])))
        }
        if !message.isComplete { conditions.append(.complete(false)) }
        guard detail == .content else { return conditions }
        let content = message.isContentKept ? message.decodedContent : []
        if message.isContentKept, content.count <= contentLimit {
            conditions.append(.content(TextPattern(bytes: content)))
        } else {
            conditions.append(.contentLength(message.contentLength...message.contentLength))
        }
        return conditions
    }
}

extension FindingCode {
    /// Whether it is found again in the next run, and does not go without saying.
    fileprivate var isWorthRecording: Bool {
        switch (severity, group) {
        case (.error, _): true
        case (.warning, .capture), (.note, _): false
        case (.warning, _): self != .requestWithoutResponse && self != .responseWithoutRequest
        }
    }
}
