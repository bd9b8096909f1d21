import Processes
import Testing

@Suite struct UnreachedTrafficTests {
    private static let version4 = """
        Ip: Forwarding DefaultTTL OutDiscards OutNoRoutes ReasmTimeout
        Ip: 2 64 0 3 0
        Tcp: RtoAlgorithm RtoMin
        Tcp: 1 200
        Udp: InDatagrams NoPorts InErrors
        Udp: 5 1 0
        """

    @Test func `it is what the kernel's tables count of both versions of IP`() {
        let version6 = "Ip6InNoRoutes \t7\nIp6OutNoRoutes                  \t2\nUdp6NoPorts \t4\n"
        let traffic = UnreachedTraffic(version4: Self.version4, version6: version6)
        #expect(traffic.withoutRoute == 5)
        #expect(traffic.toNobody == 5)
    }

    @Test(arguments: ["", "Ip: OutNoRoutes", "Ip: OutNoRoutes\nIp:", "Ip: OutNoRoutes\nIp: x\n"])
    func `a table that is not as expected counts nothing`(table: String) {
        let traffic = UnreachedTraffic(version4: table, version6: table)
        #expect(traffic.withoutRoute == 0 && traffic.toNobody == 0)
    }
}
