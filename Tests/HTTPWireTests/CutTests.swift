import HTTPWire
import Support
import Testing

@Suite struct CutTests {
    private static let endings: [Interruption?] = [
        nil, .endOfStream, .reset, .captureEnded, .peerAnswered, .idle, .gap(1), .gap(5), .gap(999),
    ]

    @Test(arguments: [WireSide.client, .server])
    func `any bytes give the same events however they are cut, and every byte is accounted for`(
        side: WireSide
    ) async {
        for seed in UInt64(0)..<2000 {
            // Other tests wait for the same threads.
            if seed % 50 == 0 { await Task.yield() }
            var traffic = RandomTraffic(seed: seed)
            let bytes = traffic.bytes()
            let later = traffic.bytes()
            let cause = traffic.choice(Self.endings, else: nil)
            let limits = seed % 2 == 0 ? ParserLimits() : Self.smallLimits
            let whole = Self.log(side, [bytes[...]], cause, [later[...]], limits)
            let single = Self.log(
                side,
                bytes.indices.map { bytes[$0...$0] },
                cause,
                later.indices.map { later[$0...$0] },
                limits
            )
            let cut = Self.log(
                side,
                traffic.cuts(of: bytes),
                cause,
                traffic.cuts(of: later),
                limits
            )
            let isSound = !whole.entries.contains { entry in
                if case .broken = entry.event { true } else { false }
            }
            guard isSound, single == whole, cut == whole else {
                let pieces = "\(bytes.debugText) \(String(describing: cause)) \(later.debugText)"
                let other = single == whole ? cut : single
                let text = ([pieces] + whole.lines + ["other:"] + other.lines)
                Issue.record("seed \(seed): \(text.joined(separator: "\n"))")
                return
            }
        }
    }

    private static var smallLimits: ParserLimits {
        var limits = ParserLimits()
        limits.headerSection = 64
        limits.unclaimedLine = 32
        return limits
    }

    /// What a parser says of the bytes before and after an interruption.
    private static func log(
        _ side: WireSide,
        _ before: [ArraySlice<UInt8>],
        _ cause: Interruption?,
        _ after: [ArraySlice<UInt8>],
        _ limits: ParserLimits
    ) -> WireLog {
        var connection = ParsedConnection(limits: limits)
        for piece in before { connection.feed(side, Array(piece)) }
        if let cause { connection.interrupt(side, cause) }
        for piece in after { connection.feed(side, Array(piece)) }
        connection.finish()
        return connection.log
    }
}

extension [UInt8] {
    /// The bytes with escapes in place of what cannot be shown.
    fileprivate var debugText: String { String(decoding: self, as: UTF8.self).debugDescription }
}
