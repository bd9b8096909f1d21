#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The names of a ring's files, as dumpcap(1) makes them of the one that it is given.
struct RingFileNames {
    private let stem: String
    /// The name's ending with its full stop, if it has one.
    private let ending: String

    /// Names made of the last part of `path`.
    init(_ path: String) {
        let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        if let stop = name.lastIndex(of: "."), stop != name.startIndex {
            stem = String(name[..<stop])
            ending = String(name[stop...])
        } else {
            stem = String(name)
            ending = ""
        }
    }

    /// The name of the file with this number, counted from 1, that begins now.
    func name(_ number: Int) -> String {
        var now = time(nil)
        var local = unsafe tm()
        unsafe localtime_r(&now, &local)
        let date = unsafe [Int(local.tm_year) + 1900, Int(local.tm_mon) + 1, Int(local.tm_mday)]
        let clock = unsafe [Int(local.tm_hour), Int(local.tm_min), Int(local.tm_sec)]
        let moment = (date + clock).map { Self.digits($0, 2) }.joined()
        return "\(stem)_\(Self.digits(number, 5))_\(moment)\(ending)"
    }

    private static func digits(_ number: Int, _ count: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
}
