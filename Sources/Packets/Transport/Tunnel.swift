import Bytes

/// What runs over UDP and has packets in it.
enum Tunnel {
    /// RFC 7348.
    case vxlan
    /// draft-ietf-nvo3-vxlan-gpe.
    case genericVXLAN
    /// RFC 8926.
    case geneve
    /// 3GPP TS 29.281.
    case gtp
    /// draft-massar-v6ops-ayiya.
    case ayiya
    /// RFC 8086.
    case gre
    /// RFC 7510.
    case mpls
    /// RFC 9300 §5.3.
    case lisp
    /// RFC 4380.
    case teredo
    /// RFC 2661.
    case l2tp
    /// draft-ietf-intarea-gue.
    case genericUDP
    /// TaZmen Sniffer Protocol.
    case tzsp
    /// RFC 5415.
    case capwap
}

extension Tunnel {
    /// The one whose packets go to this port.
    init?(port: UInt16) {
        switch port {
        case 4789, 8472: self = .vxlan
        case 4790: self = .genericVXLAN
        case 6081: self = .geneve
        case 2152: self = .gtp
        case 5072: self = .ayiya
        case 4754: self = .gre
        case 6635: self = .mpls
        case 4341: self = .lisp
        case 3544: self = .teredo
        case 1701: self = .l2tp
        case 6080: self = .genericUDP
        case 37008: self = .tzsp
        case 5247: self = .capwap
        default: return nil
        }
    }

    /// The one whose answers come from this port, to any other.
    init?(answeringFrom port: UInt16) {
        switch port {
        case 5072: self = .ayiya
        case 3544: self = .teredo
        case 1701: self = .l2tp
        case 5247: self = .capwap
        default: return nil
        }
    }

    /// What is in its header's packet; the cursor is behind the UDP header.
    @inline(never)
    func next(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        switch self {
        case .vxlan: Self.nextInVXLAN(bytes, &packet)
        case .genericVXLAN: Self.nextInGenericVXLAN(bytes, &packet)
        case .geneve: Self.nextInGeneve(bytes, &packet)
        case .gtp: Self.nextInGTP(bytes, &packet)
        case .ayiya: Self.nextInAYIYA(bytes, &packet)
        case .gre: .transport(47)
        case .mpls: .mpls
        case .lisp: Self.nextInLISP(bytes, &packet)
        case .teredo: Self.nextInTeredo(bytes, &packet)
        case .l2tp: Self.nextInL2TP(bytes, &packet)
        case .genericUDP: Self.nextInGenericUDP(bytes, &packet)
        case .tzsp: Self.nextInTZSP(bytes, &packet)
        case .capwap: Self.nextInCAPWAP(bytes, &packet)
        }
    }
}
