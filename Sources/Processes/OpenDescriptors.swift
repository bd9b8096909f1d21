#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif

/// The descriptors that this process had when it began: they are for the programs that it starts
/// too, and all others are not.
package struct OpenDescriptors: Sendable {
    private let inherited: Set<Int32>

    /// Notes which are open now.
    package init() { inherited = Set(Self.open) }

    /// Keeps those that were opened since from the programs that are started from now on.
    package func keepOthersPrivate() {
        for number in Self.open where !inherited.contains(number) {
            _ = fcntl(number, F_SETFD, FD_CLOEXEC)
        }
    }

    private static var open: [Int32] {
        // The directory's own descriptor is among the names and closed by now.
        ProcFile.numbers(in: "/proc/self/fd").filter { fcntl($0, F_GETFD) >= 0 }
    }
}
