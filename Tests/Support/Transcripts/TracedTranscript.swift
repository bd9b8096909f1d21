internal import Bytes
internal import Findings
internal import HTTPWire
package import Trace

/// A transcript as frames of a TCP connection, and what a tracer makes of them.
package struct TracedTranscript: Sendable {
    /// The exchanges, and what is found about them, as a transcript writes it.
    package private(set) var lines: [String] = []
    /// The sums over the trace.
    package private(set) var summary = TraceSummary()

    /// Traces `transcript`, each of its pieces cut into segments as `cut` says.
    package init(
        _ transcript: Transcript,
        cut: (_ step: Int, _ bytes: [UInt8]) -> [ArraySlice<UInt8>]
    ) {
        var frames = TranscriptFrames(transcript)
        for (index, step) in transcript.steps.enumerated() {
            frames.add(step) { cut(index, $0) }
        }
        var options = TracerOptions()
        options.parserLimits = transcript.limits
        options.decoding.verifiesChecksums = transcript.verifiesChecksums
        var tracer = Tracer(options: options)
        var exchanges: [Exchange] = []
        for (index, built) in frames.frames.enumerated() {
            tracer.process(built.frame(number: index + 1), built.bytes.span)
            tracer.takeFinished { exchanges.append($0) }
        }
        tracer.finish()
        tracer.takeFinished { exchanges.append($0) }
        exchanges.sort { ($0.stream, $0.index) < ($1.stream, $1.index) }
        summary = tracer.summary
        lines = exchanges.flatMap(Self.lines) + Self.lines(of: summary, without: exchanges)
    }

    /// What was found and stands with no exchange.
    private static func lines(of summary: TraceSummary, without exchanges: [Exchange]) -> [String] {
        var shown = TraceSummary()
        for exchange in exchanges { shown.count(exchange) }
        return summary.findings.filter { $0.value > shown.findings[$0.key, default: 0] }
            .map { "X summary finding \($0.key.rawValue)" }.sorted()
    }

    private static func lines(of exchange: Exchange) -> [String] {
        let request = exchange.request.map { request in
            "\(request.method ?? "") \(request.target ?? "")"
        }
        let response = exchange.response.map { $0.status.map(String.init) ?? "?" }
        return ["X \(request ?? "none") -> \(response ?? "none")"]
            + findings(of: exchange.request, "request")
            + exchange.interim.flatMap { findings(of: $0, "interim") }
            + findings(of: exchange.response, "response")
            + exchange.findings.map { finding in
                // How often depends on how many segments there are, and so does where bytes lie.
                if case .unclaimed? = finding.detail {
                    return "X finding \(finding.code.rawValue)"
                }
                let quote = finding.quote(in: nil).map { " " + $0 } ?? ""
                return "X finding \(finding.code.rawValue)" + quote
            }
    }

    private static func findings(of message: Message?, _ name: String) -> [String] {
        (message?.findings ?? []).map { "X \(name) " + WireEvent.text(of: $0) }
    }
}

/// The frames of a transcript.
private struct TranscriptFrames {
    private(set) var frames: [BuiltFrame] = []
    private var builder = ConversationBuilder()
    /// Which frames are the last piece of each side, and where that began in the stream.
    private var pieces: [ConversationBuilder.Side: (frames: Range<Int>, sequence: UInt32)] = [:]
    /// The number that each side began with.
    private let first: [ConversationBuilder.Side: UInt32]
    /// The frames of pieces that are to be captured behind the next piece of their side.
    private var held: [ConversationBuilder.Side: [BuiltFrame]] = [:]
    private var snapshotLength = Int.max
    /// How long it takes until what is held is sent again, in nanoseconds; 0 where it is just late.
    private var resendDelay: Int64 = 0

    init(_ transcript: Transcript) {
        first = [
            .client: builder.nextSequence(of: .client), .server: builder.nextSequence(of: .server),
        ]
        if transcript.repeatsHandshake {
            let sequence = builder.nextSequence(of: .client)
            builder.append(.init(sequence: sequence, flags: .syn), from: .client)
            builder.wait(nanoseconds: 1_000_000_000)
        }
        if transcript.hasHandshake { builder.handshake() }
        if !transcript.countsHandshake {
            builder.sendUnseen(-1, from: .client)
            builder.sendUnseen(-1, from: .server)
        }
        frames = builder.frames
    }

    mutating func add(_ step: Transcript.Step, cut: ([UInt8]) -> [ArraySlice<UInt8>]) {
        switch step {
        case .bytes(let side, let bytes): send(cut(bytes), from: side.end)
        case .interruption(let side, let cause): interrupt(side.end, cause)
        case .again(let side): repeatPiece(of: side.end)
        case .twice(let side): doublePiece(of: side.end)
        case .late(let side): hold(side.end)
        case .lost(let side):
            hold(side.end)
            resendDelay = 300_000_000
        case .other(let side, let bytes): append(bytes, at: pieces[side.end]?.sequence, side.end)
        case .damaged(let side, let bytes): append(bytes, at: nil, side.end, isDamaged: true)
        case .urgent(let side, let bytes): append(bytes, at: nil, side.end, isUrgent: true)
        case .flagless(let side, let bytes): append(bytes, at: nil, side.end, flags: .psh)
        case .refusal(let side): refuse(from: side.end)
        case .strayReset(let side): stray(.rst, from: side.end)
        case .straySYN(let side): stray(.syn, from: side.end)
        case .stray(let side, let bytes):
            append(bytes, at: (first[side.end] ?? 0) &- 4000, side.end)
        case .padding(let side): append([0, 0, 0, 0, 0, 0], at: nil, side.end, flags: .ack)
        case .back(let seconds): builder.wait(nanoseconds: -Int64(seconds) * 1_000_000_000)
        case .full(let side): append([], at: nil, side.end, window: 0)
        case .snaplen(let length): snapshotLength = length
        }
    }

    private mutating func send(
        _ cuts: [ArraySlice<UInt8>],
        from side: ConversationBuilder.Side
    ) {
        let sequence = builder.nextSequence(of: side)
        let start = builder.frames.count
        for piece in cuts { builder.send(Array(piece), from: side) }
        take(from: start)
        pieces[side] = (frames.count - (builder.frames.count - start)..<frames.count, sequence)
        guard let late = held.removeValue(forKey: side) else { return }
        frames += late
        builder.wait(nanoseconds: resendDelay)
        resendDelay = 0
        restoreTimes(from: frames.count - late.count)
    }

    /// Answers data as one who knows of no connection: with a RST that acknowledges nothing.
    private mutating func refuse(from side: ConversationBuilder.Side) {
        let start = builder.frames.count
        let sequence = builder.nextSequence(of: side)
        builder.append(.init(sequence: sequence, flags: .rst), from: side)
        take(from: start)
    }

    /// Sends a segment as one who does not know the connection's numbers would make it.
    private mutating func stray(
        _ flags: TCPFrameBuilder.Flags,
        from side: ConversationBuilder.Side
    ) {
        let start = builder.frames.count
        let sequence = builder.nextSequence(of: side) &+ 4000
        builder.append(.init(sequence: sequence, flags: flags), from: side)
        take(from: start)
    }

    private mutating func interrupt(_ side: ConversationBuilder.Side, _ cause: Interruption) {
        let start = builder.frames.count
        switch cause {
        case .endOfStream: builder.finish(from: side)
        case .reset: builder.reset(from: side)
        case .gap(let length): builder.sendUnseen(length, from: side)
        case .captureEnded, .peerAnswered, .idle: break
        }
        take(from: start)
    }

    /// Sends a piece again, later than any doubling would come.
    private mutating func repeatPiece(of side: ConversationBuilder.Side) {
        guard let piece = pieces[side] else { return }
        builder.wait(nanoseconds: 300_000_000)
        let start = frames.count
        frames += frames[piece.frames]
        restoreTimes(from: start)
    }

    /// Captures each frame of a piece a second time, right behind the first.
    private mutating func doublePiece(of side: ConversationBuilder.Side) {
        guard let piece = pieces[side] else { return }
        for index in piece.frames.reversed() {
            var copy = frames[index]
            copy.timestamp.nanoseconds += 1000
            frames.insert(copy, at: index + 1)
        }
    }

    private mutating func hold(_ side: ConversationBuilder.Side) {
        guard let piece = pieces[side], piece.frames.upperBound == frames.count else { return }
        held[side] = Array(frames[piece.frames])
        frames.removeLast(piece.frames.count)
    }

    private mutating func append(
        _ bytes: [UInt8],
        at sequence: UInt32?,
        _ side: ConversationBuilder.Side,
        isDamaged: Bool = false,
        isUrgent: Bool = false,
        window: UInt16 = 65_535,
        flags given: TCPFrameBuilder.Flags? = nil
    ) {
        let start = builder.frames.count
        var flags = given ?? (bytes.isEmpty ? .ack : [.psh, .ack])
        if isUrgent { flags.insert(.urg) }
        let segment = TCPFrameBuilder.Segment(
            sequence: sequence ?? builder.nextSequence(of: side),
            acknowledgement: builder.nextSequence(of: side.peer),
            flags: flags,
            window: window,
            urgentPointer: isUrgent ? UInt16(bytes.count) : 0,
            payload: bytes
        )
        builder.append(segment, from: side)
        take(from: start)
        if isDamaged, let last = frames.indices.last {
            frames[last].bytes[frames[last].bytes.count - 1] ^= 0x20
        }
        if isUrgent { builder.sendUnseen(bytes.count, from: side) }
    }

    private mutating func take(from start: Int) {
        frames += builder.frames[start...].map { $0.cut(to: snapshotLength) }
    }

    /// Gives frames that are captured later a time behind those in front of them.
    private mutating func restoreTimes(from start: Int) {
        for index in start..<frames.count {
            frames[index].timestamp = builder.time
            builder.wait(nanoseconds: builder.interval)
        }
    }
}

extension WireSide {
    fileprivate var end: ConversationBuilder.Side { self == .client ? .client : .server }
}
