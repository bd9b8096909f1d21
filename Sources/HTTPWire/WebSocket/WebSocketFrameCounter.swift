// A frame is read in these steps, each of which may be cut anywhere (RFC 6455 §5.2):
//
//   opcode ──▶ length ──126──▶ longLength(2) ─┐
//                │   ──127──▶ longLength(8) ─┤
//                └───────────────────────────┴──▶ mask(4) where it is masked ──▶ payload(n) ──▶ opcode

/// Counts the frames that one end of a WebSocket sends, by opcode; of the payload nothing is kept.
package struct WebSocketFrameCounter: Sendable, Hashable {
    private enum Step: Sendable, Hashable {
        case opcode
        case length
        /// So many bytes of the length are still to come; those before make `value`.
        case longLength(left: Int, value: UInt64)
        case mask(left: Int)
        case payload
        /// A gap, or bytes that are none, hid where the next frame begins.
        case lost
    }

    /// How many frames of each opcode have begun, 0 to 15.
    private var counts = [Int](repeating: 0, count: 16)
    private var step = Step.opcode
    private var isMasked = false
    private var payloadLeft: UInt64 = 0

    /// How many frames had their payload masked, as a client's have to be and a server's must not.
    package private(set) var masked = 0

    package init() {}

    /// Whether the rest could not be counted, because nobody knows where a frame begins there.
    package var isLost: Bool { step == .lost }

    /// How many frames with one of the opcodes that mean the same have begun.
    package func count(_ kind: WebSocketFrameKind) -> Int {
        kind.opcodes.reduce(0) { $0 + counts[$1] }
    }

    /// Takes the next bytes of the direction.
    package mutating func take(_ bytes: Span<UInt8>) {
        var position = 0
        while position < bytes.count {
            switch step {
            case .lost: return
            case .payload:
                let taken = Int(min(UInt64(bytes.count - position), payloadLeft))
                position += taken
                leaveOut(taken)
            case .opcode, .length, .longLength, .mask:
                takeHeader(bytes[position])
                position += 1
            }
        }
    }

    /// Passes over bytes that nobody has seen; only inside a payload the count goes on.
    package mutating func skip(_ length: Int) {
        if step == .payload, UInt64(length) <= payloadLeft {
            leaveOut(length)
        } else if length > 0 {
            step = .lost
        }
    }

    private mutating func leaveOut(_ length: Int) {
        payloadLeft -= UInt64(length)
        if payloadLeft == 0 { step = .opcode }
    }

    private mutating func takeHeader(_ byte: UInt8) {
        switch step {
        case .opcode:
            counts[Int(byte & 0xF)] += 1
            step = .length
        case .length:
            isMasked = byte & 0x80 != 0
            if isMasked { masked += 1 }
            switch byte & 0x7F {
            case 126: step = .longLength(left: 2, value: 0)
            case 127: step = .longLength(left: 8, value: 0)
            case let length: endLength(UInt64(length))
            }
        case .longLength(let left, let value):
            let sum = value << 8 | UInt64(byte)
            if left > 1 { step = .longLength(left: left - 1, value: sum) } else { endLength(sum) }
        case .mask(let left):
            if left > 1 { step = .mask(left: left - 1) } else { beginPayload() }
        case .payload, .lost: break
        }
    }

    private mutating func endLength(_ length: UInt64) {
        // The most significant bit must be 0: these are no frames.
        guard length >> 63 == 0 else { return step = .lost }
        payloadLeft = length
        if isMasked { step = .mask(left: 4) } else { beginPayload() }
    }

    private mutating func beginPayload() {
        step = payloadLeft == 0 ? .opcode : .payload
    }
}

/// The opcodes of RFC 6455 §5.2 by name.
package enum WebSocketFrameKind: String, CaseIterable, Sendable, Hashable {
    case continuation
    case text
    case binary
    case close
    case ping
    case pong
    /// Opcodes that no standard defines.
    case reserved

    fileprivate var opcodes: [Int] {
        switch self {
        case .continuation: [0]
        case .text: [1]
        case .binary: [2]
        case .close: [8]
        case .ping: [9]
        case .pong: [10]
        case .reserved: [3, 4, 5, 6, 7, 11, 12, 13, 14, 15]
        }
    }
}
