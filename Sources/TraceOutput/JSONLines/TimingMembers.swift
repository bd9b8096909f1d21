internal import Trace

/// Writes how long an exchange took, and the cost in TCP.
enum TimingMembers {
    /// Appends the durations, in seconds.
    static func append(_ timing: Timing, _ cost: TransportCost, to buffer: inout OutputBuffer) {
        buffer.append(",\"timing\":{")
        let start = buffer.count
        // Each member ends with a comma: one in front would depend on what came before.
        if let connect = timing.connect { append("\"connect\":", connect, to: &buffer) }
        if let time = timing.serverRoundTrip { append("\"serverRoundTrip\":", time, to: &buffer) }
        if let time = timing.clientRoundTrip { append("\"clientRoundTrip\":", time, to: &buffer) }
        if let observed = timing.observed {
            buffer.append("\"observed\":\"")
            buffer.append(string: observed.rawValue)
            buffer.append("\",")
        }
        if let blocked = timing.blocked { append("\"blocked\":", blocked, to: &buffer) }
        if let send = timing.send { append("\"send\":", send, to: &buffer) }
        if let time = timing.expectation { append("\"expectation\":", time, to: &buffer) }
        if let wait = timing.wait { append("\"wait\":", wait, to: &buffer) }
        if let firstByte = timing.firstByte { append("\"firstByte\":", firstByte, to: &buffer) }
        if cost.lossRecovery > 0 {
            append("\"lossRecovery\":", cost.lossRecovery, to: &buffer)
        }
        if let receive = timing.receive { append("\"receive\":", receive, to: &buffer) }
        if let total = timing.total { append("\"total\":", total, to: &buffer) }
        if let waited = timing.waited { append("\"waited\":", waited, to: &buffer) }
        if buffer.count > start { buffer.truncate(to: buffer.count - 1) }
        buffer.append("}")
    }

    @inline(__always)
    private static func append(
        _ key: StaticString,
        _ nanoseconds: Int64,
        to buffer: inout OutputBuffer
    ) {
        buffer.append(key)
        buffer.append(seconds: nanoseconds)
        buffer.append(",")
    }

    /// Appends how much was sent again, and for how long a receive window was 0.
    static func append(_ cost: TransportCost, to buffer: inout OutputBuffer) {
        guard cost.retransmissions > 0 || cost.zeroWindow > 0 else { return }
        buffer.append(",\"tcp\":{")
        var separator: StaticString = "\""
        func append(_ key: StaticString, _ count: UInt32, to buffer: inout OutputBuffer) {
            guard count > 0 else { return }
            buffer.append(separator)
            buffer.append(key)
            buffer.append("\":")
            buffer.append(Int(count))
            separator = ",\""
        }
        append("retransmissions", cost.retransmissions, to: &buffer)
        append("requestBytesRepeated", cost.requestBytesRepeated, to: &buffer)
        append("responseBytesRepeated", cost.responseBytesRepeated, to: &buffer)
        if cost.zeroWindow > 0 {
            buffer.append(separator)
            buffer.append("zeroWindow\":")
            buffer.append(seconds: cost.zeroWindow)
        }
        buffer.append("}")
    }
}
