internal import Packets

/// Frames of one connection whose every number is made by chance.
package struct RandomFrames: Sendable {
    /// How far sequence and acknowledgement numbers lie apart at the most.
    package var spread: UInt32 = .max
    /// Payloads, of which each segment carries a part.
    package var payload: [UInt8] = Array(repeating: 0x61, count: 40)
    /// Whether some frames are cut inside their payload.
    package var hasCuts = false

    package init() {}

    /// Makes `count` frames.
    package func frames(_ count: Int, using generator: inout SeededGenerator) -> [BuiltFrame] {
        let ends = [1, 2].map { Endpoint(address: IPAddress(version4: $0), port: UInt16($0)) }
        let builders = [
            TCPFrameBuilder(from: ends[0], to: ends[1]),
            TCPFrameBuilder(from: ends[1], to: ends[0]),
        ]
        return (0..<count).map { _ in
            let builder = builders[Int.random(in: 0...1, using: &generator)]
            let time = Timestamp(nanoseconds: Int64.random(in: .min ... .max, using: &generator))
            let frame = builder.frame(segment(using: &generator), at: time)
            guard hasCuts, Int.random(in: 0..<4, using: &generator) == 0 else { return frame }
            return frame.cut(to: Int.random(in: 30...80, using: &generator))
        }
    }

    private func segment(using generator: inout SeededGenerator) -> TCPFrameBuilder.Segment {
        let flags: [UInt8] = [0x10, 0x10, 0x10, 0x10, 0x11, 0x02, 0x12, 0x04, 0x00, 0x14]
        let start = Int.random(in: 0...payload.count, using: &generator)
        let length = Int.random(in: 0...payload.count - start, using: &generator)
        let flag = Int.random(in: flags.indices, using: &generator)
        return TCPFrameBuilder.Segment(
            sequence: UInt32.random(in: 0...spread, using: &generator),
            acknowledgement: UInt32.random(in: 0...spread, using: &generator),
            flags: TCPFrameBuilder.Flags(rawValue: flags[flag]),
            window: UInt16.random(in: 0...2, using: &generator),
            payload: Array(payload[start..<start + length])
        )
    }
}
