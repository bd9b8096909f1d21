import Packets
import Support
import Testing
import Trace

/// When, in which order and with which frame numbers exchanges come out.
struct OrderTests {
    @Test func `exchanges come out in the order in which they finished`() {
        var slow = conversation([], isClosed: false)
        slow.ask("/slow")
        let client = Endpoint(address: IPAddress(version4: 7), port: 7)
        var quick = ConversationBuilder(client: client, start: slow.time)
        quick.handshake()
        quick.exchange("/quick")
        let firstPart = slow.frames.count
        slow.time = quick.time
        slow.answer("late")
        let frames = slow.frames[..<firstPart] + quick.frames + slow.frames[firstPart...]
        #expect(Traced(Array(frames)).pairs == ["GET /quick 200", "GET /slow 200"])
    }

    @Test func `a finished exchange is held until something shows that it is over`() {
        var builder = conversation(["/a"], isClosed: false)
        let before = builder.frames.count
        builder.send("stray", from: .server)
        var tracer = Tracer()
        var shown: [String] = []
        for (index, built) in builder.frames.enumerated() {
            tracer.process(built.frame(number: index + 1), built.bytes.span)
            tracer.takeFinished { shown.append(($0.findings.map(\.code.rawValue)).joined()) }
            #expect(shown.isEmpty || index >= before)
        }
        tracer.finish()
        tracer.takeFinished { shown.append(($0.findings.map(\.code.rawValue)).joined()) }
        #expect(shown == ["content-after-message"])
    }

    @Test func `a finished exchange is held for fifty milliseconds at the most`() {
        let builder = conversation(["/a"], isClosed: false)
        var tracer = Tracer()
        for (index, built) in builder.frames.enumerated() {
            tracer.process(built.frame(number: index + 1), built.bytes.span)
        }
        var shown = 0
        let last = builder.frames[builder.frames.count - 1].timestamp
        tracer.advance(to: Timestamp(nanoseconds: last.nanoseconds + 49_000_000))
        tracer.takeFinished { _ in shown += 1 }
        #expect(shown == 0)
        tracer.advance(to: Timestamp(nanoseconds: last.nanoseconds + 50_000_000))
        tracer.takeFinished { _ in shown += 1 }
        #expect(shown == 1)
    }

    @Test func `a message's frames are those of its first and its last byte`() {
        var builder = conversation([], isClosed: false)
        builder.segmentSize = 20
        builder.exchange("/a")
        builder.close()
        let exchange = Traced(builder).exchanges.first
        #expect(exchange?.request?.firstFrame == 4)
        #expect(exchange?.request?.lastFrame == 5)
        #expect(exchange?.response?.firstFrame == 6)
        #expect(exchange?.response?.lastFrame == 7)
    }

    @Test func `the frame that fills a hole is the last of the message`() {
        var builder = conversation([], isClosed: false)
        builder.segmentSize = 15
        builder.ask("/")
        builder.answer("0123456789")
        builder.close()
        let frames = builder.frames
        let first = 5
        let moved = frames.swapping(first + 1, first + 3)
        let response = Traced(moved).exchanges.first?.response
        #expect(response?.firstFrame == first + 1)
        #expect(response?.lastFrame == first + 4)
        #expect(response?.isComplete == true)
    }

    @Test func `closed connections are let go`() {
        var tracer = Tracer()
        var number = 0
        var exchanges = 0
        for connection in 0..<6000 {
            let address = IPAddress(version4: UInt32(connection))
            var builder = ConversationBuilder(client: Endpoint(address: address, port: 9))
            builder.handshake()
            builder.exchange("/a")
            builder.close()
            for built in builder.frames {
                number += 1
                tracer.process(built.frame(number: number), built.bytes.span)
            }
            tracer.takeFinished { _ in exchanges += 1 }
        }
        #expect(tracer.knownConnections < 5000)
        tracer.finish()
        tracer.takeFinished { _ in exchanges += 1 }
        #expect(exchanges == 6000)
    }

    @Test func `content is kept up to its limit and counted beyond it`() {
        var options = TracerOptions()
        options.contentLimit = 4
        let response = Traced(conversation(["/abcdef"]), options: options).exchanges.first?.response
        #expect(response?.content == Array("/abc".utf8))
        #expect(response?.contentLength == 7)
    }
}
