internal import CPcap
package import Packets

extension LinkType {
    /// What the registry of link types calls otherwise than libpcap does.
    private static let registered: [String: LinkType] = [
        "ETHERNET": .ethernet, "IEEE802_5": .tokenRing, "ARCNET_BSD": .arcnetBSD,
        "PPP_HDLC": .hdlcPPP, "IEEE802_11_PRISM": .prism, "IEEE802_11_RADIOTAP": .radiotap,
        "IEEE802_11_AVS": .avs,
    ]

    /// The type of this name, in letters of either case and with `DLT_` or `LINKTYPE_` in front or
    /// not, or of this number in files; `nil` where there is none.
    package init?(named text: String) {
        let digits = text.utf8.allSatisfy { 0x30...0x39 ~= $0 }
        if digits {
            guard let number = UInt16(text) else { return nil }
            self.init(rawValue: number)
            return
        }
        var name = text.uppercased()[...]
        for prefix in ["LINKTYPE_", "DLT_"] where name.hasPrefix(prefix) {
            name = name.dropFirst(prefix.count)
        }
        if let type = Self.registered[String(name)] {
            self = type
            return
        }
        let value = unsafe pcap_datalink_name_to_val(String(name))
        guard value >= 0 else { return nil }
        self.init(dataLink: value)
    }

    /// The names of the types whose frames can be decoded, each once, but for those that anybody may
    /// use.
    package static var decodableNames: [String] {
        // Raw IP has numbers of some systems beside the one that counts in files.
        let numbers = (0...512 as ClosedRange<UInt16>).filter { $0 != rawBSD.rawValue }
        return numbers.compactMap { number in
            let type = LinkType(rawValue: number)
            guard type.isDecodable, !privateNumbers.contains(number),
                let name = unsafe pcap_datalink_val_to_name(type.dataLink)
            else { return nil }
            return unsafe String(cString: name)
        }
    }
}
