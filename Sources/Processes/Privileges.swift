#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif
internal import CLinux

/// What this process may do that other programs may not (capabilities(7), credentials(7)).
package enum Privileges {
    /// Gives them up for good; what is open stays open.
    ///
    /// Capabilities are a thread's: those of threads that exist would remain, so it is to be called
    /// before there are any. Nothing that this process starts afterwards can have more rights than
    /// it has itself.
    ///
    /// - Parameter successor: who this process becomes; `nil` where it stays who it is.
    /// - Throws: why there are rights left.
    package static func giveUp(for successor: Successor?) throws(PrivilegeFailure) {
        // This takes a capability that becoming somebody else takes away.
        Capabilities.emptyBoundingSet()
        if let successor, !successor.isSelf { try successor.become() }
        guard Capabilities.removeAll(), control_process(PR_SET_NO_NEW_PRIVS, 1, 0) == 0 else {
            throw .cannotGiveUp(errno)
        }
        let threads = ProcFile.numbers(in: "/proc/self/task")
        guard Capabilities().isEmpty, threads.allSatisfy({ Capabilities(of: $0).isEmpty }) else {
            throw .rightsRemain
        }
    }
}
