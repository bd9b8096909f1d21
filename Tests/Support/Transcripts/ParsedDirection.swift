internal import Bytes
package import HTTPWire

/// One direction of a connection: its parser, and the account of its bytes.
package struct ParsedDirection: Sendable {
    package let side: WireSide
    package var parser: MessageParser

    /// Bytes of the stream up to the piece that is being parsed, gaps included.
    private var pieceStart = 0
    /// Bytes that went into finished messages or are unclaimed.
    private var accounted = 0
    private var hasBegun = false
    /// Whether begins can be told from the account: after a gap they cannot.
    private var isExact = true

    package init(_ side: WireSide, limits: ParserLimits) {
        self.side = side
        parser = MessageParser(role: side == .client ? .request : .response, limits: limits)
    }

    /// Notes that a piece of the stream is over, or a gap.
    package mutating func advance(by length: Int, isGap: Bool = false) {
        pieceStart += length
        if isGap { isExact = false }
    }

    /// Takes back bytes that were reported as unclaimed; the last `rest` of all are to be fed again.
    package mutating func reclaim(_ count: Int, rest: Int) {
        accounted -= count
        pieceStart -= rest
        isExact = false
        hasBegun = true
    }

    /// Writes an event to `log`; `position` is how far the piece is consumed.
    package mutating func log(
        _ event: MessageEvent,
        _ piece: Span<UInt8>,
        _ position: Int,
        to log: inout WireLog
    ) {
        switch event {
        case .begin: hasBegun = true
        case .head: logHead(pieceStart + position, to: &log)
        case .content(let range):
            log.append(.content([UInt8](copying: piece.extracting(range))), side)
        case .heldContent: log.append(.content(parser.heldBytes), side)
        case .unclaimed(let count):
            accounted += count
            log.append(.unclaimed(count), side)
        case .switched: log.append(.switched, side)
        case .end(let complete):
            logTrailer(to: &log)
            for finding in parser.head.findings { log.append(.finding(finding), side) }
            accounted += parser.offset
            log.append(.end(complete: complete), side)
            checkAccount(pieceStart + position, to: &log)
        }
    }

    private mutating func logHead(_ position: Int, to log: inout WireLog) {
        let begin = position - parser.offset - parser.carriedLength - parser.replayLength
        if !hasBegun { log.append(.broken("a head without a begin"), side) }
        hasBegun = false
        if isExact, begin != accounted {
            log.append(.broken("a message at \(begin), accounted for \(accounted)"), side)
        }
        log.append(.begin(begin), side)
        let head = parser.head
        let line = head.startLine
        let parts =
            parser.role == .request
            ? [line.method, line.target, line.version] : [line.version, line.status, line.reason]
        log.append(
            .head(Array(parts.map { Array(head.bytes[$0]) }.joined(separator: [0x20]))),
            side
        )
        for field in head.fieldLines {
            let text = Array(head.bytes[field.name]) + [0x3A, 0x20] + head.bytes[field.value]
            log.append(.field(text), side)
        }
    }

    private func logTrailer(to log: inout WireLog) {
        let head = parser.head
        for field in head.trailerLines {
            let name = head.trailerBytes[field.name]
            log.append(.trailer(name + [0x3A, 0x20] + head.trailerBytes[field.value]), side)
        }
    }

    /// At the end of a message everything in front of it must be accounted for.
    package func checkAccount(_ position: Int, to log: inout WireLog) {
        guard isExact, accounted > position else { return }
        log.append(.broken("\(position) bytes, accounted for \(accounted)"), side)
    }

    /// At the end of the stream every byte must be accounted for.
    package func checkWholeAccount(to log: inout WireLog) {
        guard isExact, accounted != pieceStart else { return }
        log.append(.broken("\(pieceStart) bytes, accounted for \(accounted)"), side)
    }
}
