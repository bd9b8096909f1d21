/// The TCP ports that the programs started by this process use, as they come and go.
///
/// The kernel tells who holds a socket only while it is open: a connection that is over between two
/// looks at it is missed.
package struct ProcessPorts: Sendable {
    /// The ports that were found so far, on either protocol version.
    package private(set) var found: Set<UInt16> = []

    /// Creates a record of no port.
    package init() {}

    /// Looks at the sockets that are open now.
    package mutating func look() {
        var sockets: Set<Substring> = []
        for process in ProcessTree.identifiers() {
            let directory = "/proc/\(process)/fd"
            for number in ProcFile.numbers(in: directory) {
                guard let target = ProcFile.link("\(directory)/\(number)"),
                    target.hasPrefix("socket:[")
                else { continue }
                sockets.insert(target.dropFirst(8).dropLast())
            }
        }
        guard !sockets.isEmpty else { return }
        for table in ["tcp", "tcp6"] {
            guard let text = ProcFile.text("/proc/self/net/\(table)") else { continue }
            found.formUnion(Self.ports(in: text) { sockets.contains($0) })
        }
    }

    /// The local ports of those sockets in a table such as `/proc/net/tcp` (proc_pid_net(5)) whose
    /// inode `isWanted`.
    package static func ports(in table: String, _ isWanted: (Substring) -> Bool) -> [UInt16] {
        table.split(separator: "\n").dropFirst().compactMap { line in
            // sl local_address rem_address st queues tr:tm retrnsmt uid timeout inode …
            let words = line.split(separator: " ")
            guard words.count > 9, isWanted(words[9]) else { return nil }
            let address = words[1].split(separator: ":")
            return address.count == 2 ? UInt16(address[1], radix: 16) : nil
        }
    }
}
