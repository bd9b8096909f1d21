package import Packets

/// Makes frames that carry one TCP segment each, of one direction of a connection, with right
/// lengths and checksums.
package struct TCPFrameBuilder: Sendable {
    /// The control bits of a TCP header (RFC 9293 §3.1).
    package struct Flags: OptionSet, Sendable, Hashable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let fin = Flags(rawValue: 0x01)
        package static let syn = Flags(rawValue: 0x02)
        package static let rst = Flags(rawValue: 0x04)
        package static let psh = Flags(rawValue: 0x08)
        package static let ack = Flags(rawValue: 0x10)
        package static let urg = Flags(rawValue: 0x20)
    }

    /// What a segment says; what is not given is as a data segment has it.
    package struct Segment: Sendable {
        package var sequence: UInt32
        package var acknowledgement: UInt32
        package var flags: Flags
        package var window: UInt16
        package var urgentPointer: UInt16
        /// TCP options; padded with zeros to a multiple of four bytes.
        package var options: [UInt8]
        package var payload: [UInt8]

        package init(
            sequence: UInt32,
            acknowledgement: UInt32 = 0,
            flags: Flags = [.psh, .ack],
            window: UInt16 = 65_535,
            urgentPointer: UInt16 = 0,
            options: [UInt8] = [],
            payload: [UInt8] = []
        ) {
            self.sequence = sequence
            self.acknowledgement = acknowledgement
            self.flags = flags
            self.window = window
            self.urgentPointer = urgentPointer
            self.options = options
            self.payload = payload
        }
    }

    /// Where the segments come from; the address decides between IPv4 and IPv6.
    package var source: Endpoint
    /// Where they go, an address of the same version.
    package var destination: Endpoint
    /// The link layer around the packet: Ethernet, NULL, LOOP, RAW, IPV4, IPV6, SLL or SLL2.
    package var linkType: LinkType
    /// IEEE 802.1Q tags, the outermost first; only where the link layer is Ethernet.
    package var vlanIdentifiers: [UInt16] = []
    /// Whether the IPv4 header's length is 0, as segmentation offload leaves it.
    package var hasZeroTotalLength = false
    /// Whether the checksums are right; if not, they are 0.
    package var hasChecksums = true

    /// Creates a builder for one direction.
    package init(
        from source: Endpoint,
        to destination: Endpoint,
        linkType: LinkType = .ethernet
    ) {
        self.source = source
        self.destination = destination
        self.linkType = linkType
    }

    /// The frame that carries `segment`.
    package func frame(_ segment: Segment, at timestamp: Timestamp) -> BuiltFrame {
        BuiltFrame(
            bytes: linkHeader + packet(carrying: tcp(segment)),
            timestamp: timestamp,
            linkType: linkType
        )
    }

    // MARK: TCP

    private func tcp(_ segment: Segment) -> [UInt8] {
        let options = segment.options + Array(repeating: 0, count: -segment.options.count & 3)
        var bytes: [UInt8] = []
        bytes.appendBigEndian(source.port)
        bytes.appendBigEndian(destination.port)
        bytes.appendBigEndian(segment.sequence)
        bytes.appendBigEndian(segment.acknowledgement)
        bytes.append(UInt8(truncatingIfNeeded: (5 + options.count / 4) << 4))
        bytes.append(segment.flags.rawValue)
        bytes.appendBigEndian(segment.window)
        bytes.appendBigEndian(UInt16(0))
        bytes.appendBigEndian(segment.urgentPointer)
        bytes += options + segment.payload
        if hasChecksums {
            var pseudoHeader = addresses
            pseudoHeader.appendBigEndian(UInt32(bytes.count))
            pseudoHeader.appendBigEndian(UInt32(6))
            bytes.setChecksum(of: pseudoHeader + bytes, at: 16)
        }
        return bytes
    }

    // MARK: IP

    private var isVersion6: Bool { source.address.isVersion6 }

    private var addresses: [UInt8] {
        var bytes: [UInt8] = []
        for address in [source.address, destination.address] {
            if isVersion6 {
                bytes.appendBigEndian(address.high)
                bytes.appendBigEndian(address.low)
            } else {
                bytes.appendBigEndian(UInt32(truncatingIfNeeded: address.low))
            }
        }
        return bytes
    }

    private func packet(carrying segment: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        if isVersion6 {
            bytes.appendBigEndian(UInt32(0x6000_0000))
            bytes.appendBigEndian(UInt16(truncatingIfNeeded: segment.count))
            bytes += [6, 64]
            return bytes + addresses + segment
        }
        bytes += [0x45, 0]
        let totalLength = hasZeroTotalLength ? 0 : segment.count + 20
        bytes.appendBigEndian(UInt16(truncatingIfNeeded: totalLength))
        bytes += [0, 1, 0x40, 0, 64, 6, 0, 0]
        bytes += addresses
        if hasChecksums { bytes.setChecksum(of: bytes, at: 10) }
        return bytes + segment
    }

    // MARK: The link layer

    private var linkHeader: [UInt8] {
        let etherType: [UInt8] = isVersion6 ? [0x86, 0xDD] : [0x08, 0x00]
        switch linkType {
        case .ethernet:
            var bytes: [UInt8] = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1]
            for identifier in vlanIdentifiers {
                bytes += [0x81, 0x00]
                bytes.appendBigEndian(identifier)
            }
            return bytes + etherType
        // Linux's address families; others number IPv6 otherwise.
        case .null: return [isVersion6 ? 10 : 2, 0, 0, 0]
        case .loop: return [0, 0, 0, isVersion6 ? 10 : 2]
        case .linuxCooked:
            return [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0] + etherType
        case .linuxCooked2:
            return etherType + [0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0]
        default: return []
        }
    }
}

extension [UInt8] {
    /// Appends an integer, its most significant byte first.
    package mutating func appendBigEndian<Integer: FixedWidthInteger>(_ value: Integer) {
        for shift in stride(from: Integer.bitWidth - 8, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: value >> Integer(shift)))
        }
    }

    /// Puts the Internet checksum (RFC 1071) of `bytes` at `offset`.
    fileprivate mutating func setChecksum(of bytes: [UInt8], at offset: Int) {
        var sum: UInt32 = 0
        for (index, byte) in bytes.enumerated() {
            sum += index % 2 == 0 ? UInt32(byte) << 8 : UInt32(byte)
        }
        while sum > 0xFFFF { sum = sum & 0xFFFF + sum >> 16 }
        let checksum = ~UInt16(sum)
        self[offset] = UInt8(checksum >> 8)
        self[offset + 1] = UInt8(checksum & 0xFF)
    }
}
