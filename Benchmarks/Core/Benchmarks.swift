import Benchmark
import HTTPWire
import Packets
import Reassembly
import Trace
import TraceOutput

// Each step that a frame goes through by itself, and all of them together. The factor is the number
// of steps in one measurement, so that a step of a few nanoseconds can be measured.

let benchmarks: @Sendable () -> Void = {
    let configuration = Benchmark.Configuration(
        metrics: [.wallClock],
        scalingFactor: .kilo,
        maxDuration: .seconds(2)
    )
    let conversation = Conversation()

    Benchmark("decode a frame", configuration: configuration) { benchmark in
        for _ in benchmark.scaledIterations {
            blackHole(Conversation.decode(conversation.request))
        }
    }

    Benchmark("accept a segment in order", configuration: configuration) { benchmark in
        var receiver = Receiver(conversation)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { receiver.takeNext() }
    }

    Benchmark("accept two segments in the wrong order", configuration: configuration) { benchmark in
        var receiver = Receiver(conversation)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { receiver.takeSwapped() }
    }

    Benchmark("parse a request", configuration: configuration) { benchmark in
        var parser = MessageParser(role: .request)
        let question = Conversation.question
        for _ in benchmark.scaledIterations {
            var position = 0
            while let event = parser.next(in: question.span, at: &position) {
                blackHole(event)
            }
        }
    }

    Benchmark("parse a response", configuration: configuration) { benchmark in
        var parser = MessageParser(role: .response)
        let answer = Conversation.answer
        for _ in benchmark.scaledIterations {
            var position = 0
            while let event = parser.next(in: answer.span, at: &position) {
                blackHole(event)
            }
        }
    }

    for format in OutputFormat.allCases {
        Benchmark("render as \(format.rawValue)", configuration: configuration) { benchmark in
            guard let exchange = conversation.exchange else {
                return benchmark.error("no exchange")
            }
            var renderer = ExchangeRenderer(format: format)
            var buffer = OutputBuffer()
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations {
                renderer.render(exchange, into: &buffer)
                buffer.removeAll()
            }
        }
    }

    Benchmark("trace an exchange to JSON", configuration: configuration) { benchmark in
        var traced = TracedConversation(conversation)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { traced.repeatExchange() }
    }
}
