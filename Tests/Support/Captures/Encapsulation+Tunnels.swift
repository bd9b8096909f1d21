import Packets

extension Encapsulation {
    static let tags = [
        Encapsulation("MPLS", .ethernet) { ethernet(0x8847, [0, 1, 0, 64, 0, 2, 1, 64] + $0) },
        Encapsulation("MPLS pseudowire", .ethernet) {
            ethernet(0x8847, [0, 1, 1, 64, 0, 0, 0, 0] + ethernet(0x0800, $0))
        },
        Encapsulation("802.1ah", .ethernet) {
            ethernet(0x88E7, [0, 0, 0, 5] + ethernet(0x0800, $0))
        },
        Encapsulation("FabricPath", .ethernet) { ethernet(0x8903, [0, 5] + ethernet(0x0800, $0)) },
        Encapsulation("VN-Tag", .ethernet) { ethernet(0x8926, [0, 0, 0, 5, 8, 0] + $0) },
        Encapsulation("HSR", .ethernet) { ethernet(0x892F, [0, 60, 0, 5, 8, 0] + $0) },
        Encapsulation("Cisco metadata", .ethernet) {
            ethernet(0x8909, [1, 1, 0, 1, 0, 9, 8, 0] + $0)
        },
        Encapsulation("MACsec without encryption", .ethernet) {
            ethernet(0x88E5, [0, 0, 0, 0, 0, 1, 8, 0] + $0 + zeros(16))
        },
        Encapsulation("NSH", .ethernet) { ethernet(0x894F, [0, 2, 2, 1, 0, 0, 0, 1] + $0) },
        Encapsulation("TRILL", .ethernet) { ethernet(0x22F3, zeros(6) + ethernet(0x0800, $0)) },
    ]

    static let tunnels = [
        Encapsulation("IP in IP", .raw) { version4(4, $0) },
        Encapsulation("6in4", .raw, isVersion6: true) { version4(41, $0) },
        Encapsulation("GRE", .raw) { version4(47, [0, 0, 8, 0] + $0) },
        Encapsulation("GRE key and sequence", .raw) {
            version4(47, [0x30, 0, 8, 0, 0, 0, 0, 1, 0, 0, 0, 2] + $0)
        },
        Encapsulation("GRE of PPTP", .raw) {
            version4(
                47,
                [0x30, 0x81, 0x88, 0x0B, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0x21] + $0
            )
        },
        Encapsulation("ERSPAN II", .raw) {
            version4(
                47,
                [0x10, 0, 0x88, 0xBE, 0, 0, 0, 1] + Array(repeating: 0, count: 8)
                    + ethernet(0x0800, $0)
            )
        },
        Encapsulation("ERSPAN III", .raw) {
            version4(
                47,
                [0x10, 0, 0x22, 0xEB, 0, 0, 0, 1] + Array(repeating: 0, count: 12)
                    + ethernet(0x0800, $0)
            )
        },
        Encapsulation("VXLAN", .raw) {
            version4(17, udp(to: 4789, [8, 0, 0, 0, 0, 0, 1, 0] + ethernet(0x0800, $0)))
        },
        Encapsulation("Geneve", .raw) {
            version4(
                17,
                udp(
                    to: 6081,
                    [1, 0, 0x65, 0x58, 0, 0, 1, 0, 0, 0, 0, 0] + ethernet(0x0800, $0)
                )
            )
        },
        Encapsulation("GTP-U", .raw) {
            version4(
                17,
                udp(
                    to: 2152,
                    [0x34, 0xFF, 0, 49, 0, 0, 0, 1, 0, 0, 0, 0x85, 1, 0, 0, 0] + $0
                )
            )
        },
        Encapsulation("VXLAN-GPE", .raw) {
            version4(17, udp(to: 4790, [0x0C, 0, 0, 3, 0, 0, 0, 0] + ethernet(0x0800, $0)))
        },
        Encapsulation("AYIYA", .raw, isVersion6: true) {
            version4(
                17,
                udp(
                    to: 5072,
                    [0x41, 0x52, 0x11, 41, 0, 0, 0, 0] + Array(repeating: 0, count: 36)
                        + $0
                )
            )
        },
        Encapsulation("GRE of Aruba", .raw) { version4(47, [0, 0, 0x82, 0] + wireless + $0) },
        Encapsulation("EtherIP", .raw) { version4(97, [0x30, 0] + ethernet(0x0800, $0)) },
        Encapsulation("MPLS in IP", .raw) { version4(137, [0, 2, 1, 64] + $0) },
        Encapsulation("MPLS in UDP", .raw) { version4(17, udp(to: 6635, [0, 2, 1, 64] + $0)) },
        Encapsulation("GRE in UDP", .raw) { version4(17, udp(to: 4754, [0, 0, 8, 0] + $0)) },
        Encapsulation("LISP", .raw) { version4(17, udp(to: 4341, zeros(8) + $0)) },
        Encapsulation("Teredo", .raw, isVersion6: true) { version4(17, udp(to: 3544, $0)) },
        Encapsulation("Teredo with indications", .raw, isVersion6: true) {
            version4(
                17,
                udp(to: 3544, [0, 1, 0, 0] + zeros(9) + zeros(8) + $0)
            )
        },
        Encapsulation("L2TP", .raw) {
            version4(17, udp(to: 1701, [0x40, 2, 0, 99, 0, 1, 0, 2, 0xFF, 3, 0, 0x21] + $0))
        },
        Encapsulation("GUE", .raw) { version4(17, udp(to: 6080, [0, 4, 0, 0] + $0)) },
        Encapsulation("TZSP", .raw) {
            version4(17, udp(to: 37008, [1, 0, 0, 1, 0, 10, 1, 9, 1] + ethernet(0x0800, $0)))
        },
        Encapsulation("CAPWAP", .raw) {
            version4(17, udp(to: 5247, [0, 0x10, 2, 0] + zeros(4) + ethernet(0x0800, $0)))
        },
    ]
}
