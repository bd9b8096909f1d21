internal import NIOCore

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// How many files and connections this process may have open at once.
package enum DescriptorLimit {
    /// What a server needs besides its connections: files, event loops, connections that are told
    /// that there is no room.
    package static let reserve = 64

    /// Raises the limit as far as this user may, and answers it.
    package static func raise() -> Int {
        var limit = rlimit()
        guard unsafe getrlimit(Self.files, &limit) == 0 else { return Int(FOPEN_MAX) }
        var raised = limit
        raised.rlim_cur = limit.rlim_max
        if unsafe setrlimit(Self.files, &raised) == 0 { limit = raised }
        return Int(clamping: limit.rlim_cur)
    }

    /// How many of `wanted` connections there is room for with `limit` descriptors; at least one.
    package static func connections(_ wanted: Int, limit: Int) -> Int {
        min(wanted, max(1, limit - min(reserve, limit / 2)))
    }

    #if canImport(Glibc)
        private static let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let files = RLIMIT_NOFILE
    #endif
}

extension IOError {
    /// Whether the process or the system has as many descriptors open as it may.
    var isLackOfDescriptors: Bool { errnoCode == EMFILE || errnoCode == ENFILE }
}
