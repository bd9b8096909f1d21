#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif
internal import CLinux

/// What this process may do that other programs may not (capabilities(7), credentials(7)).
package enum Privileges {
    /// A right that is still needed.
    package enum Right: Sendable {
        /// To capture on any interface.
        case capture
        /// To listen on ports below 1024.
        case lowPorts
        /// To create and replace files anywhere.
        case allFiles

        fileprivate var capabilities: [Int32] {
            switch self {
            case .capture: [CAP_NET_RAW]
            case .lowPorts: [CAP_NET_BIND_SERVICE]
            case .allFiles: [CAP_DAC_OVERRIDE, CAP_FOWNER]
            }
        }
    }

    /// Gives them up for good; what is open stays open.
    ///
    /// Capabilities are a thread's: those of threads that exist would remain, so it is to be called
    /// before there are any. Nothing that this process starts afterwards can have more rights than
    /// it has itself.
    ///
    /// - Parameters:
    ///   - successor: who this process becomes; `nil` where it stays who it is.
    ///   - rights: those that it keeps, as far as it has them.
    /// - Throws: why there are others left.
    package static func giveUp(
        for successor: Successor?,
        keeping rights: [Right] = []
    ) throws(PrivilegeFailure) {
        let kept = rights.flatMap(\.capabilities)
        // This takes a capability that becoming somebody else takes away.
        Capabilities.emptyBoundingSet()
        if let successor, !successor.isSelf {
            _ = control_process(PR_SET_KEEPCAPS, kept.isEmpty ? 0 : 1, 0)
            try successor.become()
            _ = control_process(PR_SET_KEEPCAPS, 0, 0)
        }
        guard Capabilities.keepOnly(kept), control_process(PR_SET_NO_NEW_PRIVS, 1, 0) == 0 else {
            throw .cannotGiveUp(errno)
        }
        let threads = ProcFile.numbers(in: "/proc/self/task")
        guard ([0] + threads).allSatisfy({ Capabilities(of: $0).areAmong(kept) }) else {
            throw .rightsRemain
        }
    }
}
