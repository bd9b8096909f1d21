import HTTPTraceTesting
import Testing
import TraceIO

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A trace that is not whole is no trace.
@Suite struct LostFramesTests {
    @Test func `frames that are lost fail the test, with that as the reason`() async throws {
        let listener = try LoopbackConnection.listen()
        let failure = await #expect(throws: CaptureFailure.self) {
            // No buffer is so small that it is refused; this one holds a frame or two.
            try await captureLoopback(port: Int(listener.port), bufferSize: 1) {
                listener.flood(bytes: 256 << 20)
            }
        }
        #expect(failure?.description.contains("frames were lost") == true)
        #expect(failure?.isNotPermitted == false)
    }
}

/// A connection over which more is sent than a small buffer can take.
private struct LoopbackConnection {
    let port: UInt16
    private let listener: Int32

    static func listen() throws -> LoopbackConnection {
        let listener = stream()
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = unsafe withUnsafeMutableBytes(of: &address) { raw in
            let pointer = unsafe raw.assumingMemoryBound(to: sockaddr.self).baseAddress
            return unsafe bind(listener, pointer, length) == 0
                && getsockname(listener, pointer, &length) == 0
        }
        try #require(isListening)
        #if canImport(Darwin)
            _ = Darwin.listen(listener, 1)
        #elseif canImport(Musl)
            _ = Musl.listen(listener, 1)
        #else
            _ = Glibc.listen(listener, 1)
        #endif
        return LoopbackConnection(
            port: UInt16(bigEndian: address.sin_port),
            listener: listener
        )
    }

    func flood(bytes: Int) {
        let (port, listener) = (port, listener)
        BackgroundThread.start {
            let client = Self.stream()
            defer { close(client) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            address.sin_port = port.bigEndian
            let length = socklen_t(MemoryLayout<sockaddr_in>.size)
            _ = unsafe withUnsafeMutableBytes(of: &address) { raw in
                let pointer = unsafe raw.assumingMemoryBound(to: sockaddr.self).baseAddress
                return unsafe connect(client, pointer, length)
            }
            let piece = [UInt8](repeating: 0x61, count: 1 << 20)
            for _ in 0..<bytes >> 20 {
                guard unsafe send(client, piece, piece.count, 0) > 0 else { return }
            }
        }
        let server = accept(listener, nil, nil)
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while unsafe recv(server, &piece, piece.count, 0) > 0 {}
        close(server)
        close(listener)
    }

    private static func stream() -> Int32 {
        #if canImport(Darwin)
            socket(AF_INET, SOCK_STREAM, 0)
        #else
            socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
    }
}
