import Processes
import Testing

@Suite struct ProcessPortsTests {
    /// The tables of a kernel 6.18: a listener, a connection, and one whose socket is closed.
    private static let table = """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2529976 1 000000005b250d40 100 0 0 10 0
           1: 0100007F:93BA 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 2529999 1 0000000000000000 20 4 30 10 -1
           2: 0100007F:93BC 0100007F:1F90 06 00000000:00000000 03:00000E36 00000000     0        0 0 3 0000000000000000

        """
    private static let table6 = """
          sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 00000000000000000000000001000000:1F91 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 31337 1 000000005b250d40 100 0 0 10 0
        """

    @Test func `the local ports of the wanted sockets are found`() {
        #expect(ProcessPorts.ports(in: Self.table) { $0 == "2529976" } == [8080])
        #expect(ProcessPorts.ports(in: Self.table) { $0 == "2529999" } == [37818])
        #expect(ProcessPorts.ports(in: Self.table) { _ in true } == [8080, 37818, 37820])
        #expect(ProcessPorts.ports(in: Self.table6) { $0 == "31337" } == [8081])
    }

    @Test(arguments: ["", "sl\n", "sl\n 0: what is this", "sl\n1 2 3 4 5 6 7 8 9 10\n"])
    func `a table that is none gives no port`(text: String) {
        #expect(ProcessPorts.ports(in: text) { _ in true }.isEmpty)
    }
}
