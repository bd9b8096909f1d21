import Bytes

extension PacketDecoder {
    /// The segment of a frame that is Ethernet, IPv4 without options, and TCP, and was captured
    /// whole: so are nearly all of most captures, and to walk through their layers one by one takes
    /// four times as long.
    ///
    /// - Parameter bytes: the frame as captured.
    /// - Returns: the segment; `nil` where the frame is anything else, or odd in any way.
    static func ordinarySegment(_ bytes: Span<UInt8>) -> TCPSegment? {
        guard bytes.count >= 54, bytes.bigEndianUInt16(at: 12) == 0x0800, bytes[14] == 0x45,
            bytes[23] == 6, bytes.bigEndianUInt16(at: 20) & 0x3FFF == 0,
            bytes[47] & TCPSegment.Flags.syn.rawValue == 0
        else { return nil }
        let end = 14 + Int(bytes.bigEndianUInt16(at: 16))
        let payloadStart = 34 + Int(bytes[46] >> 4) * 4
        guard payloadStart >= 54, payloadStart <= end, end <= bytes.count else { return nil }
        return TCPSegment(
            source: Endpoint(
                address: IPAddress(version4: bytes.bigEndianUInt32(at: 26)),
                port: bytes.bigEndianUInt16(at: 34)
            ),
            destination: Endpoint(
                address: IPAddress(version4: bytes.bigEndianUInt32(at: 30)),
                port: bytes.bigEndianUInt16(at: 36)
            ),
            sequence: SequenceNumber(bytes.bigEndianUInt32(at: 38)),
            acknowledgement: SequenceNumber(bytes.bigEndianUInt32(at: 42)),
            flags: TCPSegment.Flags(rawValue: bytes[47]),
            window: bytes.bigEndianUInt16(at: 48),
            payload: payloadStart..<end,
            wireLength: end - payloadStart,
            identification: bytes.bigEndianUInt16(at: 18),
            hopLimit: bytes[22]
        )
    }
}
