import Bytes

/// Finds the TCP segment in a frame: from the link layer through tags, tunnels and IP.
///
/// Nothing is copied; a segment's payload is a range of the frame.
package enum PacketDecoder {
    /// What a frame comes to.
    package enum Outcome: Sendable {
        /// A TCP segment.
        case segment(TCPSegment)
        /// A piece of an IP packet, which ``FragmentTable`` puts together with the others.
        case fragment(Fragment)
        /// Several packets, each of which ``decode(_:of:_:_:)`` looks at.
        case aggregate(Aggregate)
        /// Something else, or something broken.
        case stop(DecodeStop)
    }

    /// Decodes a frame.
    ///
    /// - Parameters:
    ///   - bytes: the frame as captured.
    ///   - linkType: what its first header is.
    ///   - originalLength: its length on the wire in bytes, which tells how much a capture cut off
    ///     where the IP header does not.
    ///   - options: what else is known of them, or asked.
    /// - Returns: the segment or fragment in it, or why there is none.
    package static func decode(
        _ bytes: Span<UInt8>,
        linkType: LinkType,
        originalLength: Int,
        _ options: DecodingOptions = DecodingOptions()
    ) -> Outcome {
        if linkType.rawValue == LinkType.ethernet.rawValue, options.isOrdinary,
            let segment = ordinarySegment(bytes)
        {
            return .segment(segment)
        }
        var packet = PacketCursor(
            captured: bytes.count,
            original: max(originalLength, bytes.count)
        )
        packet.verifiesChecksums = options.verifiesChecksums
        return walk(bytes, &packet, from: .link(linkType), options)
    }

    /// Decodes the payload of an IP packet that was put together from fragments.
    package static func decode(
        reassembled bytes: Span<UInt8>,
        _ key: Fragment.Key,
        _ options: DecodingOptions = DecodingOptions()
    ) -> Outcome {
        var packet = PacketCursor(captured: bytes.count, original: bytes.count)
        packet.limit(to: bytes.count)
        packet.verifiesChecksums = options.verifiesChecksums
        packet.source = key.source
        packet.destination = key.destination
        packet.network = key.network
        return walk(bytes, &packet, from: .transport(key.protocolNumber), options)
    }

    /// Decodes one of the packets of an aggregate.
    package static func decode(
        _ part: Range<Int>,
        of aggregate: Aggregate,
        _ bytes: Span<UInt8>,
        _ options: DecodingOptions = DecodingOptions()
    ) -> Outcome {
        var packet = PacketCursor(captured: bytes.count, original: part.upperBound)
        packet.verifiesChecksums = options.verifiesChecksums
        packet.network = aggregate.network
        packet.enter(part)
        let outcome = walk(bytes, &packet, from: .logicalLinkControl, options)
        // Real frames have no aggregates in aggregates; forged ones must not take long.
        guard case .aggregate = outcome else { return outcome }
        return .stop(.tooDeep)
    }

    private static func walk(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor,
        from first: NextLayer,
        _ options: DecodingOptions
    ) -> Outcome {
        var layer = first
        // Real stacks of tags and tunnels are a handful deep; a forged one must not take long.
        for _ in 0..<depthLimit {
            let ruled = options.layer(insteadOf: layer, bytes, &packet)
            switch step(ruled ?? layer, bytes, &packet) {
            case .segment(let segment): return .segment(segment)
            case .fragment(let fragment): return .fragment(fragment)
            case .aggregate(let aggregate): return .aggregate(aggregate)
            case .stop(let stop): return .stop(stop)
            case let next: layer = next
            }
        }
        return .stop(.tooDeep)
    }

    /// How many layers are gone through.
    static let depthLimit = 32

    /// Reads one layer's header, and tells what follows it; what ends the walk follows itself.
    @inline(__always)
    static func step(
        _ layer: NextLayer,
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        switch layer {
        case .link(let type): type.firstLayer(bytes, &packet)
        case .ethernet: Ethernet.next(bytes, &packet)
        case .etherType(let type): Ethernet.next(etherType: type, bytes, &packet)
        case .null: NullLoopback.next(bytes, &packet)
        case .linuxCooked: LinuxCooked.next(bytes, &packet)
        case .linuxCooked2: LinuxCooked.nextVersion2(bytes, &packet)
        case .ethernetPreamble: Ethernet.nextBehindPreamble(bytes, &packet)
        case .tokenRing: TokenRing.next(bytes, &packet)
        case .fddi: FDDI.next(bytes, &packet)
        case .mpls: Ethernet.nextBehindLabels(bytes, &packet)
        case .pppoe: Ethernet.nextInSession(bytes, &packet)
        case .ppp: PointToPoint.next(bytes, &packet)
        case .ciscoHDLC: CiscoHDLC.next(bytes, &packet)
        case .wirelessLAN: WirelessLAN.next(bytes, &packet)
        case .logicalLinkControl: LogicalLinkControl.next(bytes, &packet)
        case .radiotap: WirelessLAN.nextBehindRadiotap(bytes, &packet)
        case .netfilterLog: NetfilterLog.next(bytes, &packet)
        case .ip: nextIP(bytes, &packet)
        case .ipv4: IPv4.next(bytes, &packet)
        case .ipv6: IPv6.next(bytes, &packet)
        case .transport(let number): nextTransport(number, bytes, &packet)
        case .tunnel(let tunnel): tunnel.next(bytes, &packet)
        case .segment, .fragment, .aggregate, .stop: layer
        }
    }

    /// The version nibble tells IPv4 from IPv6.
    private static func nextIP(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        guard packet.available >= 1 else { return .stop(.truncated(.ipv4)) }
        switch bytes[packet.offset] >> 4 {
        case 4: return .ipv4
        case 6: return .ipv6
        default: return .stop(.malformed(.ipv4))
        }
    }

    private static func nextTransport(
        _ number: UInt8,
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        switch number {
        case 6: TCP.next(bytes, &packet)
        case 17: UDP.next(bytes, &packet)
        case 47: GRE.next(bytes, &packet)
        case 4, 94: .ipv4
        case 41: .ipv6
        case 51: IPv4.nextBehindAuthentication(bytes, &packet)
        case 97: EthernetInIP.next(bytes, &packet)
        case 137: .mpls
        default: .stop(.notTCP(protocolNumber: number))
        }
    }
}

/// What the bytes at the cursor are.
enum NextLayer {
    case link(LinkType)
    case ethernet
    case ethernetPreamble
    case tokenRing
    case fddi
    case mpls
    case pppoe
    case etherType(UInt16)
    case null
    case linuxCooked
    case linuxCooked2
    case ppp
    case ciscoHDLC
    case wirelessLAN
    case logicalLinkControl
    case radiotap
    case netfilterLog
    case ip
    case ipv4
    case ipv6
    case transport(UInt8)
    case tunnel(Tunnel)
    case segment(TCPSegment)
    case fragment(Fragment)
    case aggregate(Aggregate)
    case stop(DecodeStop)
}

/// How far a frame is decoded.
struct PacketCursor {
    /// Where the next header begins.
    var offset = 0
    /// Where the packet ends in the frame: behind it may lie padding.
    var end: Int
    /// Where the packet ended on the wire; beyond `end` where the capture cut it.
    var wireEnd: Int
    /// The addresses of the innermost IP header.
    var source = IPAddress(version4: 0)
    var destination = IPAddress(version4: 0)
    /// The network that these are addresses of.
    var network = NetworkIdentity()
    /// See ``TCPSegment/identification`` and ``TCPSegment/hopLimit``.
    var identification: UInt16 = 0
    var hopLimit: UInt8 = 0
    /// Whether checksums are looked at.
    var verifiesChecksums = false
    /// Whether an IP header told the packet's length.
    private var isLengthKnown = false

    init(captured: Int, original: Int) {
        end = captured
        wireEnd = original
    }

    /// Captured bytes from the next header on.
    var available: Int { end - offset }

    /// Whether all of the packet is there, and its length is known.
    var isWhole: Bool { isLengthKnown && end == wireEnd }

    /// Passes over `length` bytes; a stop where the packet ends before that.
    mutating func skip(_ length: Int, _ layer: DecodeStop.Layer) -> NextLayer? {
        guard available >= length else { return .stop(.truncated(layer)) }
        offset += length
        return nil
    }

    /// Goes on with a packet that lies in a part of the frame.
    mutating func enter(_ part: Range<Int>) {
        offset = min(part.lowerBound, end)
        end = min(end, part.upperBound)
        wireEnd = part.upperBound
    }

    /// Takes over the addresses of an IP header; those of one around it are the ends of a tunnel.
    mutating func take(source: IPAddress, destination: IPAddress) {
        if self.source.low != 0 {
            network.enter(.outerAddress, self.source.mark)
            network.enter(.outerAddress, self.destination.mark)
        }
        self.source = source
        self.destination = destination
    }

    /// Takes over the length that an IP header claims for its packet, header included.
    mutating func limit(to length: Int) {
        isLengthKnown = true
        wireEnd = offset + length
        end = min(end, wireEnd)
    }
}

extension IPAddress {
    /// Its bits, folded to 32.
    fileprivate var mark: UInt32 {
        let bits = high ^ low
        return UInt32(truncatingIfNeeded: bits ^ bits >> 32)
    }
}
