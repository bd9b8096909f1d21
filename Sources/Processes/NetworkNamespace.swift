#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif
internal import CLinux
internal import SystemPackage

/// A network of a process's own: a loopback interface and nothing else (network_namespaces(7)).
package enum NetworkNamespace {
    /// Moves this process, and those that it starts from now on, into a fresh one whose loopback is
    /// up, with the right to capture there.
    ///
    /// It needs no right where the kernel lets users make user namespaces (user_namespaces(7)). Who
    /// has the right to make a network keeps everything else as it is; for others the process and
    /// what it starts keep their user and group, and know no others. The kernel does this for a
    /// process of one thread only.
    ///
    /// - Throws: what is in the way. The process is of no more use then, as it may have come half
    ///   the way: try it in another one first.
    package static func enter() throws(NamespaceObstacle) {
        guard !Capabilities().isEnough else {
            try make(CLONE_NEWNET)
            return try raiseLoopback()
        }
        try makeWithUser()
        try raiseLoopback()
        var capabilities = Capabilities()
        guard capabilities.passOn(CAP_NET_RAW) else {
            throw NamespaceObstacle(.passRightOn, errno)
        }
    }
}

extension Capabilities {
    /// Whether a network can be made, switched on and captured on with them.
    fileprivate var isEnough: Bool {
        contains(CAP_SYS_ADMIN) && contains(CAP_NET_ADMIN) && contains(CAP_NET_RAW)
    }
}

extension NetworkNamespace {
    private static func make(_ kinds: Int32) throws(NamespaceObstacle) {
        guard unshare(kinds) == 0 else { throw NamespaceObstacle(.makeNamespace, errno) }
    }

    /// Makes a user namespace too, in which the process has every right over its network.
    private static func makeWithUser() throws(NamespaceObstacle) {
        // They are told apart only while they are still known.
        let (user, group) = (geteuid(), getegid())
        // A program that was given capabilities may not write its own maps otherwise.
        _ = control_process(PR_SET_DUMPABLE, 1, 0)
        try make(CLONE_NEWUSER | CLONE_NEWNET)
        // Without rights outside, groups can be mapped only once none can be given up.
        try write("deny", to: "/proc/self/setgroups")
        try write("\(user) \(user) 1", to: "/proc/self/uid_map")
        try write("\(group) \(group) 1", to: "/proc/self/gid_map")
    }

    private static func write(_ text: String, to path: String) throws(NamespaceObstacle) {
        do {
            let file = try FileDescriptor.open(FilePath(path), .writeOnly)
            try file.closeAfter { _ = try file.writeAll(text.utf8) }
        } catch {
            throw NamespaceObstacle(.mapUser, (error as? Errno)?.rawValue ?? EIO)
        }
    }

    /// Switches the loopback interface on, which gives it its addresses too (netdevice(7)).
    private static func raiseLoopback() throws(NamespaceObstacle) {
        let kind = Int32(SOCK_DGRAM.rawValue)
        let descriptor = socket(AF_INET, kind, 0)
        guard descriptor >= 0 else { throw NamespaceObstacle(.raiseLoopback, errno) }
        defer { close(descriptor) }
        var request = unsafe ifreq()
        unsafe withUnsafeMutableBytes(of: &request.ifr_ifrn) { name in
            unsafe name.copyBytes(from: "lo".utf8)
        }
        unsafe request.ifr_ifru.ifru_flags = Int16(IFF_UP)
        guard unsafe ioctl(descriptor, UInt(SIOCSIFFLAGS), &request) == 0 else {
            throw NamespaceObstacle(.raiseLoopback, errno)
        }
    }
}
