/// What one TCP segment says, with the place of its payload in the frame (RFC 9293 §3.1).
package struct TCPSegment: Sendable, Hashable {
    /// Who sent it.
    package var source: Endpoint
    /// Whom it was sent to.
    package var destination: Endpoint
    /// The sequence number of its first byte, or of its SYN.
    package var sequence: SequenceNumber
    /// The next byte that the sender expects; means something only with ``Flags/ack``.
    package var acknowledgement: SequenceNumber
    /// Its control bits.
    package var flags: Flags
    /// The receive window as sent, without scaling.
    package var window: UInt16
    /// Where its payload lies in the frame, as far as it was captured.
    package var payload: Range<Int>
    /// The length of its payload on the wire in bytes; more than `payload` where the frame was cut.
    package var wireLength: Int
    /// Whether its checksum was looked at and is wrong, so that its receiver takes nothing of it.
    package var isChecksumWrong = false
    /// The network that its addresses belong to.
    package var network = NetworkIdentity()
    /// The identification of its IPv4 packet, by which a sender tells its packets apart; 0 where
    /// there is none.
    package var identification: UInt16 = 0
    /// The time to live, or hop limit, of its packet as captured.
    package var hopLimit: UInt8 = 0
    /// The shift count for windows that its SYN offers (RFC 7323 §2.2), 0 where it offers none;
    /// `nil` where it is no SYN, or its options were cut off.
    package var windowShift: UInt8?

    /// The control bits of a TCP header.
    package struct Flags: OptionSet, Sendable, Hashable {
        package let rawValue: UInt8
        @inlinable
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        @inlinable package static var fin: Flags { Flags(rawValue: 0x01) }
        @inlinable package static var syn: Flags { Flags(rawValue: 0x02) }
        @inlinable package static var rst: Flags { Flags(rawValue: 0x04) }
        @inlinable package static var psh: Flags { Flags(rawValue: 0x08) }
        @inlinable package static var ack: Flags { Flags(rawValue: 0x10) }
        @inlinable package static var urg: Flags { Flags(rawValue: 0x20) }

        /// Whether `bit` is set; the protocol's own is not specialised in other modules.
        @inlinable @inline(__always)
        package func contains(_ bit: Flags) -> Bool { rawValue & bit.rawValue == bit.rawValue }
    }

    /// Where the payload begins in the sequence space: a SYN takes the number before it.
    @inlinable
    package var payloadSequence: SequenceNumber {
        flags.contains(.syn) ? sequence.advanced(by: 1) : sequence
    }

    /// Bytes of payload that were on the wire and are not in the capture.
    @inlinable
    package var cutLength: Int { wireLength - payload.count }
}
