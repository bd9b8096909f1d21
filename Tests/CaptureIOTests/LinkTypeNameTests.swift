import CaptureIO
import Packets
import Testing

struct LinkTypeNameTests {
    @Test(
        arguments: [
            ("EN10MB", .ethernet), ("en10mb", .ethernet), ("DLT_EN10MB", .ethernet),
            ("LINKTYPE_ETHERNET", .ethernet), ("ethernet", .ethernet), ("1", .ethernet),
            // Systems number raw IP in ways of their own; files have one.
            ("RAW", .raw), ("dlt_raw", .raw), ("101", .raw), ("12", .rawBSD),
            ("LINUX_SLL", .linuxCooked), ("LINUX_SLL2", .linuxCooked2),
            ("IEEE802_11_RADIO", .radiotap), ("LINKTYPE_IEEE802_11_RADIOTAP", .radiotap),
            ("PKTAP", .packetTap), ("149", LinkType(rawValue: 149)),
        ] as [(String, LinkType)]
    )
    func `a link type has a name and a number`(text: String, type: LinkType) {
        #expect(LinkType(named: text) == type)
    }

    @Test(arguments: ["", " ", "EN10", "DLT_", "LINKTYPE_DLT_", "-1", "+1", "65536", "1x", "é"])
    func `what names no link type is none`(text: String) {
        #expect(LinkType(named: text) == nil)
    }

    @Test func `every name that is told can be said, once`() {
        let names = LinkType.decodableNames
        #expect(Set(names).count == names.count)
        for name in names { #expect(LinkType(named: name)?.isDecodable == true, "\(name)") }
        #expect(LinkType(named: "USB_LINUX")?.isDecodable == false)
    }
}
