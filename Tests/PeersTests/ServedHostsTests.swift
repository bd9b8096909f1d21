import Peers
import Testing

struct ServedHostsTests {
    @Test(arguments: [
        "127.0.0.1", "127.0.0.1:8080", "127.1:80", "127.9.9.9", "localhost", "LocalHost:1",
        "localhost.", "localhost:", "a.localhost:8080", "[::1]", "[::1]:8080", "[0:0::0001]:1",
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]:8080", "files.example", "FILES.example.:8080",
    ])
    func `a server on loopback answers as loopback and as what it is told`(host: String) {
        for address in ["127.0.0.1", "localhost", "::1"] {
            let hosts = ServedHosts(listeningOn: address, names: ["Files.Example"])
            #expect(hosts.contains(Array(host.utf8)[...]))
        }
    }

    @Test(arguments: [
        "", ":8080", "evil.example", "evil.example:8080", "127.0.0.1.evil.example", "evillocalhost",
        "localhost.evil.example", "127.0.0.1@evil.example", "127.0.0.1x", "10.0.0.1", "0.0.0.0",
        "[::2]", "[::]", "[1::]", "[::ffff:10.0.0.1]", "[::1].evil.example", "::ffff:7f.evil",
        "more.files.example", "xfiles.example", "files.example,localhost", "\u{7F}",
    ])
    func `and as nobody else`(host: String) {
        let hosts = ServedHosts(listeningOn: "127.0.0.1", names: ["files.example"])
        #expect(!hosts.contains(Array(host.utf8)[...]))
    }

    @Test(arguments: ["0.0.0.0", "::", "192.0.2.7", "files.example"])
    func `a server on a network answers by any address, but as no other name`(address: String) {
        let hosts = ServedHosts(listeningOn: address)
        for host in [address, "192.0.2.9:80", "[2001:db8::1]:8080", "localhost", "127.0.0.1"] {
            #expect(hosts.contains(Array(host.utf8)[...]))
        }
        for host in ["evil.example", "192.0.2.9.evil.example", "a:b.evil.example", ""] {
            #expect(!hosts.contains(Array(host.utf8)[...]))
        }
    }
}
