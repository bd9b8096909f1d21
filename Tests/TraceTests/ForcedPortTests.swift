import Support
import Testing
import Trace

struct ForcedPortTests {
    private static func options(_ ports: Set<UInt16>) -> TracerOptions {
        var options = TracerOptions()
        options.httpPorts = ports
        return options
    }

    @Test(arguments: [([], 0, 1), ([80], 1, 0), ([8080], 0, 1)] as [(Set<UInt16>, Int, Int)])
    func `what does not look like HTTP is read as such where its port is named`(
        ports: Set<UInt16>,
        exchanges: Int,
        others: Int
    ) {
        var builder = conversation([], isClosed: false)
        builder.send("FETCH thing\r\n\r\n", from: .client)
        builder.send("0 fine\r\n\r\n", from: .server)
        builder.close()
        let traced = Traced(builder, options: Self.options(ports))
        #expect(traced.exchanges.count == exchanges)
        #expect(traced.exchanges.allSatisfy { $0.request?.method == "FETCH" })
        #expect(traced.exchanges.allSatisfy { $0.response != nil })
        #expect(traced.summary.otherStreams.values.reduce(0, +) == others)
        #expect(traced.summary.ledger.imbalance == 0)
    }

    @Test(arguments: [[], [80]] as [Set<UInt16>])
    func `HTTP/2 on such a port has its name all the same`(ports: Set<UInt16>) {
        var builder = conversation([], isClosed: false)
        builder.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u{4}\0\0\0\0\0", from: .client)
        builder.send([0, 0, 0, 4, 0, 0, 0, 0, 0], from: .server)
        builder.close()
        let traced = Traced(builder, options: Self.options(ports))
        #expect(traced.summary.otherStreams == ["HTTP/2": 1])
    }

    @Test func `ordinary traffic is the same where its port is named`() {
        let builder = conversation(["/a", "/b"])
        let plain = Traced(builder)
        let forced = Traced(builder, options: Self.options([80]))
        #expect(plain.exchanges.map(\.essence) == forced.exchanges.map(\.essence))
    }
}
