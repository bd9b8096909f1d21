import ArgumentParser
import Bytes
import Console
import PeerTransport
import Peers

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Sends eight requests to a file server, and shows each response as received.",
        usage: "httptrace-client [report] [<options>]",
        discussion: """
            The eight are those of a student's report about a file server that was written by hand \
            (httptrace-server answers them): GET, POST, PATCH, PUT and DELETE, some of them not as \
            the RFCs have it. Each request has a connection of its own. Bytes that are not text are \
            shown as escapes.

            Exit codes: 0 all eight were answered as expected, 1 not all were, 64 wrong options, \
            69 the server cannot be reached, 73 the output cannot be written.

            Examples:
              httptrace-client
              httptrace-client --port 8081 --wire standard
            """
    )

    @Option(help: "The server's host name or address.")
    var host = "127.0.0.1"

    @Option(help: "The server's port.")
    var port: UInt16 = 8080

    @Option(
        help: """
            How requests are written: byte for byte as the client in that report wrote them \
            (report), or well formed (standard).
            """
    )
    var wire = WireMode.report

    @Option(help: ArgumentHelp("The most time for each exchange.", valueName: "seconds"))
    var timeout = 10.0

    func validate() throws {
        guard timeout > 0, timeout <= 86_400 else {
            throw ValidationError("--timeout takes seconds, more than 0 and at most 86400.")
        }
    }

    func run() async throws {
        let client = HTTPRawClient(host: host, port: Int(port), timeout: .seconds(timeout))
        FailedWrites.becomeErrors()
        var output = StandardOutput()
        var answered = 0
        for (index, request) in ReportRequest.all.enumerated() {
            let bytes = request.bytes(wire: wire, host: hostField)
            let line = bytes.prefix { $0 != .carriageReturn }
            try output.write("=== \(index + 1) of 8: \(escape(Array(line))) (\(request.title))\n")
            do {
                let response = try await client.exchange(bytes)
                try output.write(escape(response.bytes, keepingLineFeeds: true))
                if response.bytes.last != .lineFeed { try output.write("\n") }
                try output.write(verdict(on: response, to: request))
                if response.answers(request.expectedStatus) { answered += 1 }
            } catch let error as ClientError {
                try report(error)
            }
        }
        try output.write("\(answered) of 8 requests were answered as expected\n")
        if answered < ReportRequest.all.count { throw ExitCode(1) }
    }

    /// The port belongs to the Host field (RFC 9110 §7.2), but the report's client left it out.
    private var hostField: String {
        switch wire {
        case .report: host
        case .standard: port == 80 ? host : "\(HostAndPort(host: host, port: Int(port)))"
        }
    }

    private func verdict(on response: ReceivedResponse, to request: ReportRequest) -> String {
        if response.answers(request.expectedStatus) { return "\n" }
        let status = response.statusCode.map(String.init) ?? "no status"
        let end = response.isComplete ? "" : ", cut short"
        return "--- expected \(request.expectedStatus), received \(status)\(end)\n\n"
    }

    private func report(_ error: ClientError) throws {
        StandardError.report("\(error)", by: "httptrace-client")
        if error.isConnectFailure { throw ExitCode(69) }
    }

    private func escape(_ bytes: [UInt8], keepingLineFeeds: Bool = false) -> String {
        EscapedText.escape(bytes.span, keepingLineFeeds: keepingLineFeeds)
    }
}

extension WireMode: ExpressibleByArgument {}
