import Packets
import Support
import Testing

@Suite struct ChecksumTests {
    private func segment(
        _ change: (inout [UInt8]) -> Void,
        isVersion6: Bool = false,
        original: Int? = nil
    ) -> PacketDecoder.Outcome {
        var bytes = SamplePackets.packet(isVersion6: isVersion6)
        change(&bytes)
        return PacketDecoder.decode(
            bytes.span,
            linkType: .raw,
            originalLength: original ?? bytes.count,
            DecodingOptions(verifiesChecksums: true)
        )
    }

    private func isWrong(_ outcome: PacketDecoder.Outcome) -> Bool? {
        if case .segment(let segment) = outcome { segment.isChecksumWrong } else { nil }
    }

    @Test(arguments: [false, true])
    func `a right checksum is right, and any bit that changes makes it wrong`(isVersion6: Bool) {
        #expect(isWrong(segment({ _ in }, isVersion6: isVersion6)) == false)
        let header = isVersion6 ? 40 : 20
        for index in header..<header + 25 where index != header + 12 {
            #expect(isWrong(segment({ $0[index] ^= 4 }, isVersion6: isVersion6)) == true)
        }
    }

    @Test func `what a system leaves for the network card is no damage`() {
        // The pseudo header's sum: 10.0.0.1, 10.0.0.2, TCP, and the length of 25 bytes or 0.
        for partial: UInt16 in [0x0A00 + 1 + 0x0A00 + 2 + 6 + 25, 0x0A00 + 1 + 0x0A00 + 2 + 6] {
            let outcome = segment { bytes in
                bytes[36] = UInt8(partial >> 8)
                bytes[37] = UInt8(partial & 0xFF)
            }
            #expect(isWrong(outcome) == false)
        }
        #expect(isWrong(segment { $0.replaceSubrange(10..<12, with: [0, 0]) }) == false)
    }

    @Test func `a wrong IPv4 checksum ends the decoding, and says so`() {
        guard case .stop(let stop) = segment({ $0[8] = 63 }) else {
            Issue.record("not stopped")
            return
        }
        #expect(stop.description == "wrong IPv4 checksum")
    }

    @Test func `a cut segment cannot be checked`() {
        let outcome = segment({ $0.removeLast(2) }, original: 45)
        #expect(isWrong(outcome) == false)
    }

    @Test func `nobody looks where nobody asked`() {
        var bytes = SamplePackets.packet()
        bytes[36] ^= 1
        #expect(isWrong(decode(bytes, .raw)) == false)
    }
}
