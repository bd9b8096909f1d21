package import Trace

/// Requests and answers as text, and the exchanges that a tracer makes of them.
package struct TracedExchanges {
    package private(set) var exchanges: [Exchange] = []
    package private(set) var ledger = Ledger()

    /// One connection with a request and its answer for each pair, either of which may be empty.
    ///
    /// - Parameters:
    ///   - pairs: what the client sends, and the server behind it.
    ///   - builder: the connection, in which nothing was sent yet.
    package init(
        _ pairs: [(request: String, response: String)],
        over builder: ConversationBuilder = ConversationBuilder()
    ) {
        var builder = builder
        builder.handshake()
        for pair in pairs {
            if !pair.request.isEmpty { builder.send(pair.request, from: .client) }
            if !pair.response.isEmpty { builder.send(pair.response, from: .server) }
        }
        builder.close()
        var options = TracerOptions()
        options.contentLimit = 1 << 20
        options.notesSegmentCuts = true
        var tracer = Tracer(options: options)
        var finished: [Exchange] = []
        for (index, built) in builder.frames.enumerated() {
            tracer.process(built.frame(number: index + 1), built.bytes.span)
            tracer.takeFinished { finished.append($0) }
        }
        tracer.finish()
        tracer.takeFinished { finished.append($0) }
        exchanges = finished
        ledger = tracer.summary.ledger
    }

    /// Pairs as `GET /a 200`.
    package init(_ lines: [String]) {
        self.init(
            lines.map { line in
                let parts = line.split(separator: " ")
                return (
                    "\(parts[0]) \(parts[1]) HTTP/1.1\r\nHost: h\r\n\r\n",
                    "HTTP/1.1 \(parts[2]) S\r\nContent-Length: 0\r\n\r\n"
                )
            }
        )
    }
}
