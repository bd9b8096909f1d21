#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A TCP port of 127.0.0.1 that nobody else uses.
struct LoopbackListener: ~Copyable {
    /// The port, which the system chose.
    let port: UInt16
    private let descriptor: Int32

    init() throws {
        let descriptor = try checked(streamSocket())
        var address = loopbackAddress(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        try unsafe withUnsafeMutableBytes(of: &address) { raw in
            let pointer = unsafe raw.assumingMemoryBound(to: sockaddr.self).baseAddress
            _ = try unsafe checked(bind(descriptor, pointer, length))
            _ = try checked(listen(descriptor, 1))
            _ = try unsafe checked(getsockname(descriptor, pointer, &length))
        }
        self.descriptor = descriptor
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }

    /// Connects, sends `text` and closes, and receives it on the other side.
    func exchange(sending text: String) throws {
        let client = try checked(streamSocket())
        defer { close(client) }
        var address = loopbackAddress(port: port)
        try unsafe withUnsafeMutableBytes(of: &address) { raw in
            let pointer = unsafe raw.assumingMemoryBound(to: sockaddr.self).baseAddress
            _ = try unsafe checked(
                connect(client, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
            )
        }
        let server = try checked(accept(descriptor, nil, nil))
        defer { close(server) }
        let bytes = [UInt8](text.utf8)
        _ = try unsafe checked(Int32(send(client, bytes, bytes.count, 0)))
        var received = [UInt8](repeating: 0, count: bytes.count)
        _ = try unsafe checked(Int32(recv(server, &received, received.count, 0)))
    }
}

private struct SocketError: Error {
    let number: Int32
}

private func checked(_ result: Int32) throws -> Int32 {
    guard result >= 0 else { throw SocketError(number: errno) }
    return result
}

private func streamSocket() -> Int32 {
    #if canImport(Glibc)
        socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
        socket(AF_INET, SOCK_STREAM, 0)
    #endif
}

private func loopbackAddress(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
}
