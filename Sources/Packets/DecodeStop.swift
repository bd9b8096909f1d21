/// Why a frame yields no TCP segment.
package enum DecodeStop: Error, Sendable, Hashable {
    /// A link type that this program does not know.
    case unknownLinkType(LinkType)
    /// A network protocol that is not IP, by its EtherType (IEEE 802 numbers).
    case notIP(etherType: UInt16)
    /// An address family that is not IP.
    case notIPFamily(UInt32)
    /// A transport protocol that is not TCP, by its IP protocol number.
    case notTCP(protocolNumber: UInt8)
    /// The capture cut the frame short inside this layer's header.
    case truncated(Layer)
    /// This layer's header contradicts itself.
    case malformed(Layer)
    /// This layer's checksum was looked at and is wrong.
    case wrongChecksum(Layer)
    /// A frame of a wireless LAN that carries no data, or none that can be read.
    case noWirelessData
    /// What is inside is encrypted, or cannot be told: of this layer.
    case opaque(Layer)
    /// Layers are nested more deeply than anything real.
    case tooDeep

    /// A protocol layer, by the name that users know.
    package enum Layer: String, Sendable, Hashable {
        case ethernet = "Ethernet"
        case vlan = "802.1Q"
        case macSecurity = "MACsec"
        case mpls = "MPLS"
        case ppp = "PPP"
        case tokenRing = "token ring"
        case fddi = "FDDI"
        case arcnet = "ARCNET"
        case frameRelay = "Frame Relay"
        case encapsulation = "capture encapsulation"
        case ciscoHDLC = "Cisco HDLC"
        case wirelessLAN = "802.11"
        case netfilterLog = "NFLOG"
        case null = "NULL/LOOP"
        case linuxCooked = "Linux cooked"
        case ipv4 = "IPv4"
        case ipv6 = "IPv6"
        case gre = "GRE"
        case udp = "UDP"
        case tunnel = "tunnel"
        case tcp = "TCP"
    }
}

extension DecodeStop: CustomStringConvertible {
    /// A short name to count frames under, such as `ARP` or `UDP`.
    package var description: String {
        switch self {
        case .unknownLinkType(let type): "unknown link type \(type.rawValue)"
        case .notIP(let etherType): Self.name(ofEtherType: etherType)
        case .notIPFamily(let family): "address family \(family)"
        case .notTCP(let number): Self.name(ofProtocol: number)
        case .truncated(let layer): "cut short in the \(layer.rawValue) header"
        case .malformed(let layer): "malformed \(layer.rawValue) header"
        case .wrongChecksum(let layer): "wrong \(layer.rawValue) checksum"
        case .noWirelessData: "802.11 without data in clear"
        case .opaque(let layer): "\(layer.rawValue) whose content cannot be read"
        case .tooDeep: "layers nested too deeply"
        }
    }

    private static func name(ofEtherType type: UInt16) -> String {
        switch type {
        case 0x0806: "ARP"
        case 0x8035: "RARP"
        case 0x88CC: "LLDP"
        case 0x888E: "EAPOL"
        case 0x8863: "PPPoE discovery"
        case ..<0x0600: "802.3/LLC"
        default: "EtherType 0x" + String(type, radix: 16)
        }
    }

    private static func name(ofProtocol number: UInt8) -> String {
        switch number {
        case 1: "ICMP"
        case 2: "IGMP"
        case 17: "UDP"
        case 50: "ESP"
        case 58: "ICMPv6"
        case 59: "IPv6 without payload"
        case 89: "OSPF"
        case 132: "SCTP"
        default: "IP protocol \(number)"
        }
    }
}
