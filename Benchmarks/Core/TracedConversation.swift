import Packets
import Trace
import TraceOutput

/// A connection on which exchanges follow each other, traced and rendered.
struct TracedConversation: ~Copyable {
    /// How many exchanges are made beforehand; then a new connection begins.
    private static let length = 1000

    private let handshake: [[UInt8]]
    private let frames: [[UInt8]]
    private var tracer = Tracer()
    private var renderer = ExchangeRenderer(format: .json)
    private var buffer = OutputBuffer()
    private var number = 0
    private var count = 0

    init(_ conversation: Conversation) {
        handshake = conversation.handshake
        frames = (0..<Self.length).flatMap {
            [Conversation.request(after: $0), Conversation.response(after: $0)]
        }
    }

    /// Goes on with one more exchange.
    mutating func repeatExchange() {
        if count % Self.length == 0 {
            tracer.finish()
            tracer = Tracer()
            for bytes in handshake { process(bytes) }
        }
        process(frames[2 * (count % Self.length)])
        process(frames[2 * (count % Self.length) + 1])
        count += 1
    }

    private mutating func process(_ bytes: [UInt8]) {
        number += 1
        tracer.process(Conversation.description(number: number, bytes), bytes.span)
        tracer.takeFinished { renderer.render($0, into: &buffer) }
        if buffer.count > 1 << 16 { buffer.removeAll() }
    }
}
