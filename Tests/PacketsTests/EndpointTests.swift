import Packets
import Testing

@Suite struct EndpointTests {
    @Test(arguments: [
        (IPAddress(version4: 0), "0.0.0.0"),
        (IPAddress(version4: 0xFFFF_FFFF), "255.255.255.255"),
        (IPAddress(version4: 0x7F00_0001), "127.0.0.1"),
        (IPAddress(high: 0, low: 0), "::"),
        (IPAddress(high: 0, low: 1), "::1"),
        (IPAddress(high: 0x2001_0DB8_0000_0000, low: 1), "2001:db8::1"),
        (
            IPAddress(high: 0x2001_0DB8_0000_0001, low: 0x0001_0001_0001_0001),
            "2001:db8:0:1:1:1:1:1"
        ),
        (IPAddress(high: 0x2001_0000_0000_0001, low: 0x0000_0000_0000_0001), "2001:0:0:1::1"),
        (IPAddress(high: 0xFE80_0000_0000_0000, low: 0), "fe80::"),
        (IPAddress(high: 0, low: 0xFFFF_0A00_0001), "::ffff:10.0.0.1"),
        (IPAddress(high: 0x0001_0002_0003_0004, low: 0x0005_0006_0007_0008), "1:2:3:4:5:6:7:8"),
    ])
    func `addresses are written in their canonical form`(address: IPAddress, text: String) {
        #expect(address.description == text)
    }

    @Test func `a port stands behind the address`() {
        #expect(Endpoint(address: IPAddress(version4: 1), port: 0).description == "0.0.0.1:0")
        let version6 = Endpoint(address: IPAddress(high: 0, low: 1), port: 65_535)
        #expect(version6.description == "[::1]:65535")
    }

    @Test(arguments: [(0, 0, 0), (5, 0, 5), (0, 5, -5), (4, 0xFFFF_FFFC, 8), (0xFFFF_FFFC, 4, -8)])
    func `distances are right across the wrap`(place: UInt32, origin: UInt32, distance: Int) {
        #expect(SequenceNumber(place).distance(from: SequenceNumber(origin)) == distance)
        #expect(SequenceNumber(origin).advanced(by: distance) == SequenceNumber(place))
    }
}
