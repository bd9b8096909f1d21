import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A loopback port that is taken by a socket that does not listen: connecting to it is refused, and
/// nobody else can be given it meanwhile.
final class HeldPort {
    let port: Int
    private let handle: Int32

    init() throws {
        #if canImport(Glibc)
            let type = Int32(SOCK_STREAM.rawValue)
        #else
            let type = SOCK_STREAM
        #endif
        let descriptor = socket(AF_INET, type, 0)
        handle = descriptor
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = unsafe withUnsafeMutablePointer(to: &name) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
                let bound = unsafe bind(descriptor, name, length)
                return bound == 0 ? unsafe getsockname(descriptor, name, &length) : bound
            }
        }
        guard result == 0 else { throw IOError(errnoCode: errno, reason: "bind") }
        port = Int(UInt16(bigEndian: name.sin_port))
    }

    deinit { close(handle) }

    /// Closes a connection with a reset: a linger time of 0 does that.
    static func reset(_ channel: any Channel) {
        let option = (channel as? any SocketOptionProvider)?
            .setSoLinger(linger(l_onoff: 1, l_linger: 0))
        option?.whenComplete { _ in channel.close(promise: nil) }
    }
}
