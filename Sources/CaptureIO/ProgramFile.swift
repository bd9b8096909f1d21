internal import Bytes

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The file of the program that runs.
enum ProgramFile {
    /// How a shell names it; where the system does not tell, by what a shell would run.
    static var inShell: String {
        guard let path else { return "$(command -v httptrace)" }
        let isPlain = path.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
                UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"):
                true
            case _: false
            }
        }
        return isPlain ? path : "'\(path.replacing("'", with: "'\\''"))'"
    }

    #if os(Linux)
        private static var path: String? {
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
            let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
            guard count > 0, count < buffer.count else { return nil }
            let path = PcapHandle.text(buffer)
            // Of a file that was replaced meanwhile it is the old one's name.
            return path.hasSuffix(" (deleted)") ? nil : path
        }
    #else
        private static var path: String? { nil }
    #endif
}
