/// Which of several networks a packet is in, as far as its tags and tunnels tell: different networks
/// may use the same addresses.
///
/// It is a hash of all of them: who compares two only asks whether they are the same.
package struct NetworkIdentity: Sendable, Hashable {
    private var value: UInt32 = 0

    /// The network of packets without tags and tunnels.
    package init() {}

    /// Whether nothing tells the network.
    package var isPlain: Bool { value == 0 }

    /// What tells networks apart, with the identifier that it has.
    package enum Mark: UInt32, Sendable {
        /// A VLAN identifier (IEEE 802.1Q), or that of a backbone's service (IEEE 802.1ah).
        case vlan = 1
        case service
        /// A label of MPLS, each of a stack by itself (RFC 3032).
        case label
        /// A PPPoE session (RFC 2516).
        case session
        /// The key of GRE (RFC 2890).
        case key
        /// The identifier of a virtual network (RFC 7348, RFC 8926) or of a service path (RFC 8300).
        case virtualNetwork
        /// The end of a tunnel by the identifier that it gave out (3GPP TS 29.281, RFC 2661).
        case tunnelEnd
        /// An address of the IP packet around.
        case outerAddress
        /// The circuit of Frame Relay (RFC 2427).
        case circuit
        /// The interface of the capture.
        case interface
    }

    /// Goes into the network that `identifier` stands for inside this one.
    package mutating func enter(_ mark: Mark, _ identifier: UInt32) {
        let inner = UInt64(identifier) << 8 | UInt64(mark.rawValue)
        let outer = (UInt64(value) &+ 1) &* 0xBF58_476D_1CE4_E5B9
        let mixed = (outer ^ inner) &* 0x9E37_79B9_7F4A_7C15
        value = UInt32(truncatingIfNeeded: mixed >> 32) | 1
    }
}
