package import CaptureIO
package import Trace
internal import TraceIO

/// A connection of a capture, with its exchanges.
package struct CapturedTraffic: Sendable {
    /// What was sent, segment by segment.
    package var conversation: Conversation
    /// Its exchanges, in the order of their numbers.
    package var exchanges: [Exchange]
    /// What was damaged in the capture; what could be read was.
    package var damage: [CaptureError]

    /// Reads connection `stream` of a capture file, `-` being standard input.
    package init(_ path: String, stream: Int) throws(ReplayError) {
        let reading = try Reading(path, streams: [stream])
        guard let conversation = reading.conversations.first else {
            throw .noSuchStream(stream)
        }
        self.init(conversation, reading)
    }

    /// Reads the connection of exchange `number` of a capture file, as `--format list` counts them
    /// from 1; answers the exchange too.
    package static func read(
        _ path: String,
        exchange number: Int
    ) throws(ReplayError) -> (CapturedTraffic, Exchange) {
        guard path != "-" else { throw .readTwice }
        let exchanges = try Reading(path, streams: []).exchanges
        guard (1...max(exchanges.count, 1)).contains(number), !exchanges.isEmpty else {
            throw .noSuchExchange(number, count: exchanges.count)
        }
        let exchange = exchanges[number - 1]
        return (try CapturedTraffic(path, stream: exchange.stream), exchange)
    }

    /// Every connection of a capture file that has more than a handshake, in order.
    package static func all(_ path: String) throws(ReplayError) -> [CapturedTraffic] {
        guard path != "-" else { throw .readTwice }
        let streams = try Reading(path, streams: []).streams
        let reading = try Reading(path, streams: Set(0..<streams))
        return reading.conversations.map { CapturedTraffic($0, reading) }
    }

    /// Connection `stream` of a capture file, or every one that has more than a handshake.
    package static func chosen(
        _ path: String,
        stream: Int?
    ) throws(ReplayError) -> [CapturedTraffic] {
        if let stream { return [try CapturedTraffic(path, stream: stream)] }
        let traffic = try all(path)
        if traffic.isEmpty { throw .nothingSent }
        return traffic
    }

    private init(_ conversation: Conversation, _ reading: Reading) {
        self.conversation = conversation
        exchanges = reading.exchanges.filter { $0.stream == conversation.stream }
            .sorted { $0.index < $1.index }
        damage = reading.damage
    }

    /// The exchange of this number, counted from 0.
    package func exchange(_ index: Int) throws(ReplayError) -> Exchange {
        guard let exchange = exchanges.first(where: { $0.index == index }) else {
            throw .noSuchExchangeOfStream(
                index,
                stream: conversation.stream,
                count: exchanges.count
            )
        }
        return exchange
    }
}

/// One pass over a capture file.
private struct Reading {
    var exchanges: [Exchange] = []
    var conversations: [Conversation] = []
    var streams = 0
    var damage: [CaptureError] = []

    init(_ path: String, streams chosen: Set<Int>) throws(ReplayError) {
        var options = TracerOptions()
        options.streams = chosen
        var trace = FileTrace(options: options)
        var files = CaptureFiles(paths: [path])
        var exchanges: [Exchange] = []
        while !files.isAtEnd {
            do throws(CaptureError) {
                _ = try trace.read(&files) { exchanges.append($0) }
            } catch {
                damage.append(error)
            }
        }
        trace.finish { exchanges.append($0) }
        if trace.lastFrame == 0, let error = damage.first { throw .unreadable(error) }
        self.exchanges = exchanges
        conversations = trace.conversations
        streams = trace.summary.streams
    }
}
