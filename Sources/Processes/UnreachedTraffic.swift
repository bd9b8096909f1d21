/// What programs have tried to send and no way led to, as the kernel counts it in this process's
/// network: in one of its own, where names and other machines should be.
package struct UnreachedTraffic: Sendable, Hashable {
    /// How often there was no way to an address (`OutNoRoutes` of IPv4 and IPv6).
    package var withoutRoute = 0
    /// How many datagrams came to a port where nobody listens (`NoPorts` of UDP), as a question for
    /// a name does where the resolver is this machine.
    package var toNobody = 0

    /// What is counted in this process's network so far.
    package static var current: UnreachedTraffic {
        UnreachedTraffic(
            version4: ProcFile.text("/proc/self/net/snmp") ?? "",
            version6: ProcFile.text("/proc/self/net/snmp6") ?? ""
        )
    }

    /// Reads the kernel's tables: that of IPv4 has a line of names before each line of numbers, that
    /// of IPv6 a name and its number on each line.
    package init(version4: String, version6: String) {
        let lines = version4.split(separator: "\n").map { $0.split(separator: " ") }
        for (names, numbers) in zip(lines, lines.dropFirst()) where names.first == numbers.first {
            for (name, number) in zip(names, numbers) {
                switch (names.first, name) {
                case ("Ip:", "OutNoRoutes"): withoutRoute += Int(number) ?? 0
                case ("Udp:", "NoPorts"): toNobody += Int(number) ?? 0
                case _: break
                }
            }
        }
        for line in version6.split(separator: "\n") {
            let words = line.split { $0 == " " || $0 == "\t" }
            guard words.count == 2, let number = Int(words[1]) else { continue }
            switch words[0] {
            case "Ip6OutNoRoutes": withoutRoute += number
            case "Udp6NoPorts": toNobody += number
            case _: break
            }
        }
    }
}
