import Foundation
import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Datagrams to 127.0.0.1 that nobody asked for, as fast as one thread sends them, until it is
/// stopped.
final class LoopbackFlood: Sendable {
    private let isStopped = Atomic(false)
    private let count = Atomic(0)

    /// The number sent so far.
    var sent: Int { count.load(ordering: .relaxed) }

    /// Begins to send.
    init() {
        Thread.detachNewThread { [self] in send() }
    }

    /// Ends the sending.
    func stop() { isStopped.store(true, ordering: .relaxed) }

    private func send() {
        let descriptor = socket(AF_INET, datagramKind, 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(9).bigEndian  // discard (RFC 863)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let bytes = [UInt8](repeating: 0, count: 4096)
        while !isStopped.load(ordering: .relaxed) {
            unsafe withUnsafeBytes(of: &address) { raw in
                let pointer = unsafe raw.assumingMemoryBound(to: sockaddr.self).baseAddress
                let length = socklen_t(MemoryLayout<sockaddr_in>.size)
                // Nobody listens, so every second call is refused; the frames went out all the same.
                _ = unsafe sendto(descriptor, bytes, bytes.count, 0, pointer, length)
            }
            count.add(1, ordering: .relaxed)
        }
    }
}

private var datagramKind: Int32 {
    #if canImport(Glibc)
        Int32(SOCK_DGRAM.rawValue)
    #else
        SOCK_DGRAM
    #endif
}
