import Packets

/// One frame: what is found lies in it, and two ways to find it agree.
struct FrameInput {
    private let linkType: LinkType
    private let bytes: [UInt8]

    init(_ input: [UInt8]) {
        let type = input.prefix(2).reduce(UInt16(0)) { $0 << 8 | UInt16($1) }
        linkType = LinkType(rawValue: type)
        bytes = Array(input.dropFirst(2))
    }

    func check() {
        for missing in [0, 100] {
            check(originalLength: bytes.count + missing)
        }
    }

    private func check(originalLength: Int) {
        let outcome = decode(originalLength, verifiesChecksums: false)
        let verified = decode(originalLength, verifiesChecksums: true)
        switch outcome {
        case .segment(let segment):
            require(bytes.indices.contains(segment.payload), "payload outside of the frame")
            require(segment.cutLength >= 0, "a segment that is shorter than its payload")
            // Common frames have a decoder of their own, which does not look at checksums.
            guard case .segment(var other) = verified else { return }
            other.isChecksumWrong = false
            require(segment == other, "two decoders differ: \(segment) \(other)")
        case .fragment(let fragment):
            require(bytes.indices.contains(fragment.payload), "fragment outside of the frame")
            require(fragment.position >= 0, "a fragment before its packet")
        case .aggregate(let aggregate):
            for packet in aggregate.packets {
                require(packet.lowerBound <= bytes.count, "a packet outside of the frame")
                let outcome = PacketDecoder.decode(packet, of: aggregate, bytes.span)
                guard case .segment(let segment) = outcome else { continue }
                require(packet.contains(segment.payload), "payload outside of its packet")
            }
        case .stop(let stop):
            require(!"\(stop)".isEmpty, "a stop without a word")
            if case .segment = verified { fatalError("checksums make a segment of \(stop)") }
        }
    }

    private func decode(_ originalLength: Int, verifiesChecksums: Bool) -> PacketDecoder.Outcome {
        PacketDecoder.decode(
            bytes.span,
            linkType: linkType,
            originalLength: originalLength,
            DecodingOptions(verifiesChecksums: verifiesChecksums)
        )
    }
}

extension Range<Int> {
    /// Whether `other` lies in it; an empty one may lie at its end.
    func contains(_ other: Range<Int>) -> Bool {
        lowerBound <= other.lowerBound && other.upperBound <= upperBound
    }
}
