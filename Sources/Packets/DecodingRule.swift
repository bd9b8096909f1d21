/// What follows the header of a layer where that has certain numbers, whatever is usual.
package struct DecodingRule: Sendable, Hashable {
    /// A field that tells what follows, by the name that Wireshark's filters have for it.
    package enum Layer: String, CaseIterable, Sendable {
        case etherType = "ethertype"
        case protocolNumber = "ip.proto"
        /// The port of either end.
        case udpPort = "udp.port"
    }

    /// What may follow, by the name that Wireshark has for it.
    package enum Content: String, CaseIterable, Sendable {
        case ethernet = "eth"
        case vlan
        case mpls
        case pppoe = "pppoes"
        case ppp
        case ciscoHDLC = "chdlc"
        case logicalLinkControl = "llc"
        case wirelessLAN = "wlan"
        case radiotap
        case nullLoopback = "null"
        case ip
        case ipv6
        case tcp
        case udp
        case gre
        case authenticationHeader = "ah"
        case etherIP = "etherip"
        case serviceHeader = "nsh"
        case trill
        case vxlan
        case genericVXLAN = "vxlan_gpe"
        case geneve
        case gtp
        case ayiya
        case teredo
        case l2tp
        case genericUDP = "gue"
        case lisp
        case tzsp
        case capwap
    }

    package var layer: Layer
    package var numbers: ClosedRange<UInt16>
    package var content: Content

    package init(_ layer: Layer, _ numbers: ClosedRange<UInt16>, _ content: Content) {
        self.layer = layer
        self.numbers = numbers
        self.content = content
    }
}

extension DecodingRule.Layer {
    /// The largest number that the field holds.
    package var limit: UInt16 { self == .protocolNumber ? 255 : .max }
}

extension DecodingRule.Content {
    /// Its first header.
    var layer: NextLayer {
        switch self {
        case .ethernet: .ethernet
        case .vlan: .etherType(0x8100)
        case .mpls: .mpls
        case .pppoe: .pppoe
        case .ppp: .ppp
        case .ciscoHDLC: .ciscoHDLC
        case .logicalLinkControl: .logicalLinkControl
        case .wirelessLAN: .wirelessLAN
        case .radiotap: .radiotap
        case .nullLoopback: .null
        case .ip: .ip
        case .ipv6: .ipv6
        case .tcp: .transport(6)
        case .udp: .transport(17)
        case .gre: .transport(47)
        case .authenticationHeader: .transport(51)
        case .etherIP: .transport(97)
        case .serviceHeader: .etherType(0x894F)
        case .trill: .etherType(0x22F3)
        case .vxlan: .tunnel(.vxlan)
        case .genericVXLAN: .tunnel(.genericVXLAN)
        case .geneve: .tunnel(.geneve)
        case .gtp: .tunnel(.gtp)
        case .ayiya: .tunnel(.ayiya)
        case .teredo: .tunnel(.teredo)
        case .l2tp: .tunnel(.l2tp)
        case .genericUDP: .tunnel(.genericUDP)
        case .lisp: .tunnel(.lisp)
        case .tzsp: .tunnel(.tzsp)
        case .capwap: .tunnel(.capwap)
        }
    }
}
