import TraceOutput

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension TimeZoneRule {
    /// What clocks show here, by the system's table of time zones or as `TZ` says.
    static let local = TimeZoneRule { second in
        var time = time_t(second)
        var local = unsafe tm()
        guard unsafe localtime_r(&time, &local) != nil, let name = unsafe local.tm_zone else {
            return Offset(seconds: 0, name: "UTC")
        }
        return unsafe Offset(seconds: Int(local.tm_gmtoff), name: String(cString: name))
    }
}
