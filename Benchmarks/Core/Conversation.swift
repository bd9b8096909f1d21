import Packets
import Trace

/// A request and its response, each in a frame, on a connection whose handshake was captured.
struct Conversation: Sendable {
    static let question = [UInt8](
        """
        GET /s180?q=123456 HTTP/1.1\r
        Host: 10.77.0.1:8080\r
        User-Agent: Mozilla/5.0 (X11; Linux x86_64) bench/1.0\r
        Accept: text/html,application/json;q=0.9,*/*;q=0.8\r
        Accept-Language: en\r
        \r

        """.utf8
    )

    static let answer =
        [UInt8](
            """
            HTTP/1.1 200 OK\r
            Server: nginx\r
            Date: Wed, 25 Nov 2026 06:57:01 GMT\r
            Content-Type: text/plain\r
            Content-Length: 90\r
            Connection: keep-alive\r
            \r

            """.utf8
        ) + [UInt8](repeating: 0x78, count: 90)

    private static let acknowledging: UInt8 = 0x10
    private static let synchronizing: UInt8 = 0x02

    let handshake: [[UInt8]]
    let request: [UInt8]
    let response: [UInt8]

    init() {
        let (syn, ack) = (Self.synchronizing, Self.acknowledging)
        handshake = [
            Self.frame(fromClient: true, sequence: 99, acknowledgement: 0, flags: syn),
            Self.frame(fromClient: false, sequence: 199, acknowledgement: 100, flags: syn | ack),
            Self.frame(fromClient: true, sequence: 100, acknowledgement: 200, flags: ack),
        ]
        request = Self.request(after: 0)
        response = Self.response(after: 0)
    }

    /// The frame of a request that so many exchanges stand before.
    static func request(after count: Int) -> [UInt8] {
        frame(
            fromClient: true,
            sequence: 100 + count * question.count,
            acknowledgement: 200 + count * answer.count,
            payload: question
        )
    }

    /// The frame of a response that so many exchanges stand before.
    static func response(after count: Int) -> [UInt8] {
        frame(
            fromClient: false,
            sequence: 200 + count * answer.count,
            acknowledgement: 100 + (count + 1) * question.count,
            payload: answer
        )
    }

    /// What a tracer makes of it.
    var exchange: Exchange? {
        var tracer = Tracer()
        for (index, bytes) in (handshake + [request, response]).enumerated() {
            tracer.process(Self.description(number: index + 1, bytes), bytes.span)
        }
        tracer.finish()
        var exchange: Exchange?
        tracer.takeFinished { exchange = $0 }
        return exchange
    }

    static func decode(_ bytes: [UInt8]) -> PacketDecoder.Outcome {
        PacketDecoder.decode(bytes.span, linkType: .ethernet, originalLength: bytes.count)
    }

    static func description(number: Int, _ bytes: [UInt8]) -> Frame {
        Frame(
            number: number,
            timestamp: Timestamp(nanoseconds: 1_795_000_000_000_000_000 + Int64(number) * 10_000),
            originalLength: bytes.count,
            linkType: .ethernet
        )
    }

    private static func frame(
        fromClient: Bool,
        sequence: Int,
        acknowledgement: Int,
        flags: UInt8 = acknowledging,
        payload: [UInt8] = []
    ) -> [UInt8] {
        let ends: [UInt8] =
            fromClient ? [10, 0, 0, 1, 10, 0, 0, 2] : [10, 0, 0, 2, 10, 0, 0, 1]
        let ports: [UInt8] = fromClient ? [0xC0, 0, 0x1F, 0x90] : [0x1F, 0x90, 0xC0, 0]
        let length = big(UInt16(40 + payload.count))
        let link: [UInt8] = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x08, 0x00]
        let network: [UInt8] = [0x45, 0] + length + [0, 0, 0x40, 0, 64, 6, 0, 0] + ends
        let numbers =
            big(UInt32(truncatingIfNeeded: sequence))
            + big(UInt32(truncatingIfNeeded: acknowledgement))
        let transport = ports + numbers + [0x50, flags, 0xFF, 0xFF, 0, 0, 0, 0]
        return link + network + transport + payload
    }

    private static func big<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        stride(from: Number.bitWidth - 8, through: 0, by: -8).map {
            UInt8(truncatingIfNeeded: number >> Number($0))
        }
    }
}
