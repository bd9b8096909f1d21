import Bytes

/// The TCP header (RFC 9293 §3.1).
enum TCP {
    static func next(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        let start = packet.offset
        guard packet.available >= 20 else { return .stop(.truncated(.tcp)) }
        let headerLength = Int(bytes[start + 12] >> 4) * 4
        guard headerLength >= 20, start + headerLength <= packet.wireEnd else {
            return .stop(.malformed(.tcp))
        }
        // Options cut off by the snap length do not hide what the fixed header says.
        let payloadStart = min(start + headerLength, packet.end)
        var segment = TCPSegment(
            source: Endpoint(
                address: packet.source,
                port: bytes.bigEndianUInt16(at: start)
            ),
            destination: Endpoint(
                address: packet.destination,
                port: bytes.bigEndianUInt16(at: start + 2)
            ),
            sequence: SequenceNumber(bytes.bigEndianUInt32(at: start + 4)),
            acknowledgement: SequenceNumber(bytes.bigEndianUInt32(at: start + 8)),
            flags: TCPSegment.Flags(rawValue: bytes[start + 13]),
            window: bytes.bigEndianUInt16(at: start + 14),
            payload: payloadStart..<packet.end,
            wireLength: packet.wireEnd - start - headerLength,
            identification: packet.identification,
            hopLimit: packet.hopLimit
        )
        segment.network = packet.network
        if segment.flags.contains(.syn), start + headerLength <= packet.end {
            segment.windowShift = windowShift(bytes.extracting(start + 20..<start + headerLength))
        }
        if packet.verifiesChecksums, packet.isWhole {
            segment.isChecksumWrong = !InternetChecksum.isRight(
                segment: start..<packet.end,
                bytes,
                from: packet.source,
                to: packet.destination
            )
        }
        return .segment(segment)
    }

    /// The shift count for windows that options offer; 0 where they offer none.
    private static func windowShift(_ options: Span<UInt8>) -> UInt8 {
        var position = 0
        while position < options.count, options[position] != 0 {
            guard options[position] != 1 else {
                position += 1
                continue
            }
            guard position + 1 < options.count, options[position + 1] >= 2 else { return 0 }
            let length = Int(options[position + 1])
            if options[position] == 3, length == 3, position + 2 < options.count {
                return min(options[position + 2], largestShift)
            }
            position += length
        }
        return 0
    }

    /// The largest shift count that is taken as it is (RFC 7323 §2.3).
    private static let largestShift: UInt8 = 14
}
