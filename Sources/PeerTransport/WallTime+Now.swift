package import Peers

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

extension WallTime {
    /// The moment by the system's clock and time zone.
    package static func now() -> WallTime {
        var seconds = time(nil)
        var local = unsafe tm()
        guard unsafe localtime_r(&seconds, &local) != nil else {
            return WallTime(secondsSinceEpoch: Int(seconds))
        }
        return unsafe WallTime(
            secondsSinceEpoch: Int(seconds),
            offsetFromUTC: Int(local.tm_gmtoff)
        )
    }
}
