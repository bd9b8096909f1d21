internal import Bytes
internal import Trace

/// Writes how long the parts of an exchange took, and the cost in TCP.
struct TimingWriter: Sendable {
    let style: Style
    /// Columns after which the line is broken.
    let width: Int

    /// Appends the bytes on the wire and the times, in one line of notes where that fits.
    func append(timingOf exchange: Exchange, to buffer: inout OutputBuffer) {
        var line = NoteLine(width: width, style: style)
        if exchange.hasRequest, exchange.heldRequest.wireLength > 0 {
            line.append("sent ", exchange.heldRequest.wireLength, "bytes", to: &buffer)
        }
        if exchange.hasResponse, exchange.heldResponse.wireLength > 0 {
            line.append("received ", exchange.heldResponse.wireLength, "bytes", to: &buffer)
        }
        // A part of no length took one frame: saying so would tell nothing.
        for (name, time) in exchange.timing.parts where time ?? 0 > 0 {
            line.append(name, seconds: time ?? 0, to: &buffer)
        }
        let cost = exchange.transport
        if cost.retransmissions > 0 {
            line.append("sent again: ", Int(cost.retransmissions), "segments", to: &buffer)
            line.append("", cost.bytesRepeated, "bytes", to: &buffer)
        }
        if cost.zeroWindow > 0 {
            line.append("receive window 0 for ", seconds: cost.zeroWindow, to: &buffer)
        }
        if cost.lossRecovery > 0 {
            line.append("loss recovery ", seconds: cost.lossRecovery, to: &buffer)
        }
        switch exchange.timing.observed {
        case .client: line.append("captured at the client", to: &buffer)
        case .server: line.append("captured at the server", to: &buffer)
        case .between: line.append("captured on the way", to: &buffer)
        case nil: break
        }
        line.end(to: &buffer)
    }
}

/// Notes in one pair of brackets, broken where the line would grow too long.
private struct NoteLine {
    let width: Int
    let style: Style
    private var start = 0
    private var isOpen = false

    init(width: Int, style: Style) {
        self.width = width
        self.style = style
    }

    mutating func append(
        _ name: StaticString,
        _ count: Int,
        _ unit: StaticString,
        to buffer: inout OutputBuffer
    ) {
        begin(&buffer, name.utf8CodeUnitCount + unit.utf8CodeUnitCount + 8)
        buffer.append(name)
        buffer.append(grouped: count)
        buffer.append(" ")
        buffer.append(unit)
    }

    mutating func append(
        _ name: StaticString,
        seconds time: Int64,
        to buffer: inout OutputBuffer
    ) {
        begin(&buffer, name.utf8CodeUnitCount + 10)
        buffer.append(name)
        buffer.append(duration: time)
    }

    mutating func append(_ words: StaticString, to buffer: inout OutputBuffer) {
        begin(&buffer, words.utf8CodeUnitCount + 2)
        buffer.append(words)
    }

    private mutating func begin(_ buffer: inout OutputBuffer, _ room: Int) {
        if isOpen, buffer.count - start + room > width {
            buffer.append(",\n     ")
            start = buffer.count - 5
        } else if isOpen {
            buffer.append(", ")
        } else {
            style.begin(.faint, in: &buffer)
            start = buffer.count
            buffer.append("    [")
            isOpen = true
        }
    }

    mutating func end(to buffer: inout OutputBuffer) {
        guard isOpen else { return }
        buffer.append("]")
        style.end(.faint, in: &buffer)
        buffer.append("\n")
    }
}

extension Timing {
    /// The parts in the order in which they follow each other, with their names; but not the wait
    /// that equals the time since the request.
    fileprivate var parts: [(StaticString, Int64?)] {
        [
            ("connect ", connect), ("blocked ", blocked), ("send ", send),
            ("waiting for 100 ", expectation),
            ("wait ", wait == firstByte ? nil : wait), ("receive ", receive),
            ("waited ", waited),
        ]
    }
}

extension TransportCost {
    fileprivate var bytesRepeated: Int {
        Int(requestBytesRepeated) + Int(responseBytesRepeated)
    }
}
