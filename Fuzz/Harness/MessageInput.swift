import HTTPWire
import Support

/// Both directions of a connection, in turns: any cut gives the same events, and every byte is
/// accounted for.
struct MessageInput {
    private static let endings: [Interruption?] = [
        nil, .endOfStream, .reset, .captureEnded, .peerAnswered, .idle, .gap(1), .gap(5), .gap(999),
    ]
    /// What ends a turn; HTTP does not use it.
    private static let turn: UInt8 = 0xFF

    private let turns: [[UInt8]]
    private let first: WireSide
    private let limits: ParserLimits
    /// What interrupts the first turn, and the second.
    private let causes: [Interruption?]
    /// The length of pieces of the third delivery.
    private let pieceLength: Int

    init(_ input: [UInt8]) {
        let choices = input.prefix(3) + Array(repeating: 0, count: max(0, 3 - input.count))
        first = choices[0] & 1 == 0 ? .client : .server
        var limits = ParserLimits()
        if choices[0] & 6 == 6 {
            limits.headerSection = 64
            limits.unclaimedLine = 32
        }
        self.limits = limits
        pieceLength = 2 + Int(choices[0] >> 3)
        causes = choices.dropFirst().map { Self.endings[Int($0) % Self.endings.count] }
        turns = input.dropFirst(3).prefix(4096)
            .split(separator: Self.turn, omittingEmptySubsequences: false)
            .map(Array.init)
    }

    func check() {
        let whole = log { [$0] }
        // A message that a switch of protocols cuts is ended by the tracer, which is not here.
        let isSwitched = whole.entries.contains { $0.event == .switched }
        for entry in whole.entries where !isSwitched {
            if case .broken(let complaint) = entry.event { fatalError("broken: \(complaint)") }
        }
        let single = log { $0.map { [$0] } }
        require(single == whole, difference(whole, single, "byte by byte"))
        let cut = log { bytes in
            stride(from: 0, to: bytes.count, by: pieceLength).map {
                Array(bytes[$0..<min($0 + pieceLength, bytes.count)])
            }
        }
        require(cut == whole, difference(whole, cut, "in pieces of \(pieceLength)"))
    }

    private func log(_ cut: ([UInt8]) -> [[UInt8]]) -> WireLog {
        var connection = ParsedConnection(limits: limits)
        for (index, turn) in turns.enumerated() {
            let side: WireSide = (first == .client) == (index % 2 == 0) ? .client : .server
            for piece in cut(turn) { connection.feed(side, piece) }
            if index < causes.count, let cause = causes[index] { connection.interrupt(side, cause) }
        }
        connection.finish()
        return connection.log
    }

    private func difference(_ whole: WireLog, _ other: WireLog, _ delivery: String) -> String {
        (["whole:"] + whole.lines + ["\(delivery):"] + other.lines).joined(separator: "\n")
    }
}
