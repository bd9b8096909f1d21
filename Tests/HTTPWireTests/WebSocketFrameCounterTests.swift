import Bytes
import HTTPWire
import Support
import Testing

@Suite struct WebSocketFrameCounterTests {
    /// A frame as RFC 6455 §5.2 writes it.
    private static func frame(_ opcode: UInt8, _ length: Int, isMasked: Bool = false) -> [UInt8] {
        let mask: UInt8 = isMasked ? 0x80 : 0
        var bytes: [UInt8] = [0x80 | opcode]
        if length < 126 {
            bytes.append(mask | UInt8(length))
        } else if length < 65_536 {
            bytes += [mask | 126, UInt8(length >> 8), UInt8(length & 0xFF)]
        } else {
            bytes.append(mask | 127)
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: length >> (56 - 8 * $0)) }
        }
        if isMasked { bytes += [1, 2, 3, 4] }
        return bytes + [UInt8](repeating: 0x81, count: length)
    }

    private static func counter(of pieces: [ArraySlice<UInt8>]) -> WebSocketFrameCounter {
        var counter = WebSocketFrameCounter()
        for piece in pieces.map(Array.init) { counter.take(piece.span) }
        return counter
    }

    @Test func `frames are counted by opcode, with lengths of 7, 16 and 64 bits`() {
        let bytes =
            Self.frame(1, 5) + Self.frame(1, 125, isMasked: true) + Self.frame(0, 126)
            + Self.frame(2, 65_536) + Self.frame(8, 2) + Self.frame(9, 0, isMasked: true)
            + Self.frame(10, 0) + Self.frame(3, 1)
        let counter = Self.counter(of: [bytes[...]])
        #expect(WebSocketFrameKind.allCases.map(counter.count) == [1, 2, 1, 1, 1, 1, 1])
        #expect(counter.masked == 2)
        #expect(!counter.isLost)
    }

    @Test func `the counts do not depend on how the bytes were cut`() {
        let bytes =
            Self.frame(1, 3, isMasked: true) + Self.frame(2, 300) + Self.frame(9, 0)
            + Self.frame(8, 2, isMasked: true)
        let whole = Self.counter(of: [bytes[...]])
        for delivery in deliveries(of: bytes) {
            #expect(Self.counter(of: delivery) == whole)
        }
    }

    @Test func `a gap inside a payload is passed over, any other ends the count`() {
        var counter = WebSocketFrameCounter()
        let beginning = Array(Self.frame(2, 100).prefix(50))
        counter.take(beginning.span)
        counter.skip(52)
        #expect(!counter.isLost)
        let next = Self.frame(1, 1)
        counter.take(next.span)
        #expect(counter.count(.text) == 1)
        counter.skip(1)
        #expect(counter.isLost)
        counter.take(next.span)
        #expect(counter.count(.text) == 1)
    }

    @Test(arguments: [[0x81, 0x7F, 0x80, 0, 0, 0, 0, 0, 0, 0]] as [[UInt8]])
    func `a length of more than 63 bits is none`(bytes: [UInt8]) {
        #expect(Self.counter(of: [bytes[...]]).isLost)
    }
}
