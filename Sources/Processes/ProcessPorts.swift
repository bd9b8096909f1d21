package import Packets

/// The TCP ports that the programs started by this process use, as they come and go.
///
/// The kernel tells who holds a socket only while it is open: a connection that is over between two
/// looks at it is missed.
package struct ProcessPorts: Sendable {
    /// The ports that were found so far, on either protocol version.
    package private(set) var found: Set<UInt16> = []

    /// Creates a record of no port.
    package init() {}

    /// Looks at the sockets that are open now, in the kernel's tables of them.
    package mutating func look() {
        let inodes = Self.openSockets
        guard !inodes.isEmpty else { return }
        for table in ["tcp", "tcp6"] {
            guard let text = ProcFile.text("/proc/self/net/\(table)") else { continue }
            found.formUnion(Self.ports(in: text) { UInt32($0).map(inodes.contains) ?? false })
        }
    }

    /// Looks who holds the client's socket of connections that have just begun.
    ///
    /// - Parameters:
    ///   - connections: the two ends of each.
    ///   - diagnosis: the way to ask the kernel about them.
    package mutating func look(
        at connections: [(client: Endpoint, server: Endpoint)],
        _ diagnosis: borrowing SocketDiagnosis
    ) {
        var begun: [(port: UInt16, inode: UInt32)] = []
        for (client, server) in connections {
            guard let inode = diagnosis.inode(of: client, to: server) else { continue }
            begun.append((client.port, inode))
        }
        guard !begun.isEmpty else { return }
        let inodes = Self.openSockets
        for (port, inode) in begun where inodes.contains(inode) { found.insert(port) }
    }

    /// The inodes of all sockets that the programs hold.
    private static var openSockets: Set<UInt32> {
        var inodes: Set<UInt32> = []
        for process in ProcessTree.identifiers() {
            let directory = "/proc/\(process)/fd"
            for number in ProcFile.numbers(in: directory) {
                guard let target = ProcFile.link("\(directory)/\(number)"),
                    target.hasPrefix("socket:["),
                    let inode = UInt32(target.dropFirst(8).dropLast())
                else { continue }
                inodes.insert(inode)
            }
        }
        return inodes
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
