internal import NIOCore

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// What the system was given and has not put on the wire yet.
enum UnsentBytes {
    /// How many bytes of `channel` wait for their first transmission, where the system tells; else 0.
    static func count(_ channel: any Channel) -> EventLoopFuture<Int> {
        #if os(Linux)
            if let options = channel as? any SocketOptionProvider {
                // The whole of `struct tcp_info`, which the C library knows only the beginning of.
                let info: EventLoopFuture<InlineArray<64, UInt32>> =
                    options.unsafeGetSocketOption(level: .tcp, name: .tcp_info)
                return info.map { Int($0[notSentIndex]) }
            }
        #endif
        return channel.eventLoop.makeSucceededFuture(0)
    }

    /// Where `tcpi_notsent_bytes` lies, in 32-bit words (linux/tcp.h).
    private static let notSentIndex = 36
}
