/// A link-layer header type, by its number in the tcpdump group's registry
/// (<https://www.tcpdump.org/linktypes.html>), which capture files carry.
package struct LinkType: RawRepresentable, Sendable, Hashable {
    /// The registered number; files hold 16 bits of it.
    package var rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// BSD loopback: the address family as a host-order integer, then the packet.
    package static let null = LinkType(rawValue: 0)
    /// IEEE 802.3 Ethernet.
    package static let ethernet = LinkType(rawValue: 1)
    /// PPP, with or without HDLC's address and control bytes.
    package static let ppp = LinkType(rawValue: 9)
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
