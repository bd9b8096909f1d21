/// A link-layer header type, by its number in the tcpdump group's registry
/// (<https://www.tcpdump.org/linktypes.html>), which capture files carry.
package struct LinkType: RawRepresentable, Sendable, Hashable {
    /// The registered number; files hold 16 bits of it.
    package var rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The numbers that anybody may give a meaning of their own.
    package static let privateNumbers: ClosedRange<UInt16> = 147...162

    /// BSD loopback: the address family as a host-order integer, then the packet.
    package static let null = LinkType(rawValue: 0)
    /// IEEE 802.3 Ethernet.
    package static let ethernet = LinkType(rawValue: 1)
    /// IEEE 802.5 token ring.
    package static let tokenRing = LinkType(rawValue: 6)
    /// ARCNET as BSD captures it.
    package static let arcnetBSD = LinkType(rawValue: 7)
    /// SLIP behind 16 bytes that tell direction and compressed header.
    package static let slip = LinkType(rawValue: 8)
    /// PPP, with or without HDLC's address and control bytes.
    package static let ppp = LinkType(rawValue: 9)
    /// FDDI.
    package static let fddi = LinkType(rawValue: 10)
    /// PPPoE session packets without their Ethernet header.
    package static let pppOverEthernet = LinkType(rawValue: 51)
    /// LLC over ATM (RFC 2684).
    package static let atm = LinkType(rawValue: 100)
    /// Frame Relay (RFC 2427).
    package static let frameRelay = LinkType(rawValue: 107)
    /// OpenBSD's enc(4): what IPsec has decrypted.
    package static let decryptedIPsec = LinkType(rawValue: 109)
    /// OpenBSD's pflog(4).
    package static let packetFilterLog = LinkType(rawValue: 117)
    /// IEEE 802.11 behind a Prism header.
    package static let prism = LinkType(rawValue: 119)
    /// IP over Fibre Channel (RFC 2625).
    package static let fibreChannel = LinkType(rawValue: 122)
    /// LLC over ATM behind SunATM's four bytes.
    package static let sunATM = LinkType(rawValue: 123)
    /// ARCNET as Linux captures it.
    package static let arcnetLinux = LinkType(rawValue: 129)
    /// Apple's IP over IEEE 1394.
    package static let appleFireWire = LinkType(rawValue: 138)
    /// IEEE 802.11 behind an AVS header.
    package static let avs = LinkType(rawValue: 163)
    /// PPP as pppd captures it, behind a byte that tells the direction.
    package static let pppDaemon = LinkType(rawValue: 166)
    /// Any link type behind a Per-Packet Information header.
    package static let perPacketInformation = LinkType(rawValue: 192)
    /// Endace's extensible record format.
    package static let extensibleRecord = LinkType(rawValue: 197)
    /// MPLS without a link layer.
    package static let mpls = LinkType(rawValue: 219)
    /// Solaris's ipnet.
    package static let ipnet = LinkType(rawValue: 226)
    /// Ethernet behind netANALYZER's four bytes.
    package static let netAnalyzer = LinkType(rawValue: 240)
    /// The same with the preamble.
    package static let netAnalyzerWithPreamble = LinkType(rawValue: 241)
    /// Any link type behind Apple's pktap header.
    package static let packetTap = LinkType(rawValue: 258)
    /// Ethernet with the preamble (IEEE 802.3br).
    package static let ethernetWithPreamble = LinkType(rawValue: 274)
    /// Ethernet with a four-byte switch tag behind its addresses: Broadcom's and Marvell's.
    package static let switchTagBroadcom = LinkType(rawValue: 281)
    package static let switchTagMarvell = LinkType(rawValue: 284)
    /// Ethernet with Marvell's eight-byte switch tag behind its addresses.
    package static let switchTagMarvellLong = LinkType(rawValue: 285)
    /// Raw IP as some BSDs number it in files.
    package static let rawBSD = LinkType(rawValue: 12)
    /// Raw IP as OpenBSD numbers it in files.
    package static let rawOpenBSD = LinkType(rawValue: 14)
    /// PPP in HDLC-like framing.
    package static let hdlcPPP = LinkType(rawValue: 50)
    /// PPP behind a byte that tells the direction.
    package static let pppWithDirection = LinkType(rawValue: 204)
    /// Raw IPv4 or IPv6, told apart by the version nibble.
    package static let raw = LinkType(rawValue: 101)
    /// Cisco's HDLC.
    package static let ciscoHDLC = LinkType(rawValue: 104)
    /// IEEE 802.11.
    package static let wirelessLAN = LinkType(rawValue: 105)
    /// IEEE 802.11 behind a radiotap header.
    package static let radiotap = LinkType(rawValue: 127)
    /// Linux's netfilter log.
    package static let netfilterLog = LinkType(rawValue: 239)
    /// OpenBSD loopback: like ``null``, in network byte order.
    package static let loop = LinkType(rawValue: 108)
    /// Linux "cooked" capture, version 1.
    package static let linuxCooked = LinkType(rawValue: 113)
    /// Raw IPv4.
    package static let ipv4 = LinkType(rawValue: 228)
    /// Raw IPv6.
    package static let ipv6 = LinkType(rawValue: 229)
    /// Linux "cooked" capture, version 2.
    package static let linuxCooked2 = LinkType(rawValue: 276)
}
