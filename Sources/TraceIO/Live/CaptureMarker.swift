import Bytes
import CaptureIO

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A datagram that a capture on loopback sends and receives: once the marker is seen, everything
/// received on loopback before has been seen too.
struct CaptureMarker: ~Copyable, Sendable {
    private let descriptor: Int32
    private let port: UInt16
    /// The marker's payload.
    let content: Content

    /// Bytes that tell the marker's frame from all others.
    struct Content: Sendable {
        fileprivate let bytes: [UInt8]

        fileprivate init() {
            var generator = SystemRandomNumberGenerator()
            bytes = (0..<16).map { _ in generator.next() }
        }

        /// Whether a captured frame is the marker.
        func isIn(_ frame: Span<UInt8>) -> Bool {
            guard frame.count >= bytes.count else { return false }
            let start = frame.count - bytes.count
            return bytes.indices.allSatisfy { frame[start + $0] == bytes[$0] }
        }
    }

    /// Takes a free UDP port on loopback; `nil` where there is none.
    init?() {
        #if canImport(Darwin)
            descriptor = socket(AF_INET, SOCK_DGRAM, 0)
        #else
            descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        #endif
        guard descriptor >= 0 else { return nil }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(descriptor, address, length) == 0
                    && getsockname(descriptor, address, &length) == 0
                    && connect(descriptor, address, length) == 0
            }
        }
        guard isBound else {
            close(descriptor)
            return nil
        }
        port = UInt16(bigEndian: address.sin_port)
        content = Content()
    }

    deinit { close(descriptor) }

    /// `options` with a filter, where there is one, that the marker passes too.
    ///
    /// - Throws: ``CaptureError/invalidFilter(expression:reason:)`` about the words that were
    ///   there.
    func extending(
        _ options: LiveCaptureOptions
    ) throws(CaptureError) -> LiveCaptureOptions {
        guard let filter = options.filter else { return options }
        _ = try PacketFilter(filter)
        var extended = options
        extended.filter = "(\(filter)) or (udp port \(port))"
        return extended
    }

    /// Sends the marker.
    func send() {
        // Lost or refused, it is missed until the deadline ends the waiting.
        _ = unsafe content.bytes.withUnsafeBytes { bytes in
            unsafe Self.send(descriptor, bytes)
        }
    }

    private static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Darwin)
            unsafe Darwin.send(descriptor, bytes.baseAddress, bytes.count, 0)
        #elseif canImport(Musl)
            unsafe Musl.send(descriptor, bytes.baseAddress, bytes.count, 0)
        #else
            unsafe Glibc.send(descriptor, bytes.baseAddress, bytes.count, 0)
        #endif
    }
}
