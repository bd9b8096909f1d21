import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A TCP connection to loopback that sends what it is told and nothing else.
final class RawConnection: Sendable {
    struct Failure: Error {
        var action: String
        var code: Int32
    }

    private let descriptor: Int32

    /// Connects to `port`.
    init(port: UInt16) throws {
        #if canImport(Glibc)
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { throw Failure(action: "socket", code: errno) }
        // So long that only a server that hangs lets it run out.
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = unsafe withUnsafeBytes(of: &address) { bytes -> Int32 in
            guard let base = bytes.baseAddress else { return -1 }
            let pointer = unsafe base.assumingMemoryBound(to: sockaddr.self)
            #if canImport(Glibc)
                return unsafe Glibc.connect(descriptor, pointer, socklen_t(bytes.count))
            #else
                return unsafe Darwin.connect(descriptor, pointer, socklen_t(bytes.count))
            #endif
        }
        guard connected == 0 else {
            throw Failure(action: "connect", code: errno)
        }
    }

    deinit { close(descriptor) }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    /// Begins a PUT of `length` bytes and waits until the server asks for them: it is under way.
    func beginPut(_ name: String, of length: Int) throws {
        try send(
            "PUT /\(name) HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                + "Content-Length: \(length)\r\n\r\n"
        )
        let interim = try response()
        guard interim.status == 100 else { throw Failure(action: "PUT", code: 0) }
    }

    /// Sends all of `bytes`.
    func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0) }
            guard count > 0 else { throw Failure(action: "send", code: errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// Sends `bytes` over and over until the server closes or resets the connection.
    func sendUntilRefused(_ bytes: [UInt8], atMost limit: Int) -> Bool {
        var sent = 0
        while sent < limit {
            guard (try? send(bytes)) != nil else { return true }
            sent += bytes.count
        }
        return false
    }

    /// The same with a pause, in microseconds, after each time.
    func sendUntilRefused(_ bytes: [UInt8], pausing pause: UInt32) -> Bool {
        // No server has so much patience: ten minutes.
        for _ in 0..<600_000_000 / Int(pause) {
            guard (try? send(bytes)) != nil else { return true }
            usleep(pause)
        }
        return false
    }

    /// Sends `bytes` so often as the other side takes them at once.
    func sendWithoutWaiting(_ bytes: [UInt8], times: Int) {
        var none = timeval(tv_sec: 0, tv_usec: 20_000)
        let size = socklen_t(MemoryLayout<timeval>.size)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &none, size)
        for _ in 0..<times { guard (try? send(bytes)) != nil else { return } }
    }

    /// Says that nothing more is sent.
    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Closes with a reset instead of an end, when this object goes.
    func willReset() {
        var now = linger(l_onoff: 1, l_linger: 0)
        let size = socklen_t(MemoryLayout<linger>.size)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, size)
    }

    /// The next bytes; empty at the end of the connection, also where it was reset.
    func receive() throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe buffer.withUnsafeMutableBytes {
            unsafe recv(descriptor, $0.baseAddress, $0.count, 0)
        }
        if count < 0, errno == ECONNRESET { return [] }
        guard count >= 0 else { throw Failure(action: "receive", code: errno) }
        return Array(buffer[..<count])
    }

    /// The next bytes; an end is a failure.
    func receiveSomething() throws {
        if try receive().isEmpty { throw Failure(action: "receive", code: 0) }
    }

    /// Everything up to the end of the connection.
    func receiveAll() throws -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let some = try receive()
            if some.isEmpty { return all }
            all += some
        }
    }

    /// The next response, or what there is of it when the connection ends.
    func response() throws -> RawResponse {
        var bytes: [UInt8] = []
        while true {
            if let response = RawResponse(bytes), response.isComplete { return response }
            let some = try receive()
            if some.isEmpty { return RawResponse(bytes) ?? RawResponse() }
            bytes += some
        }
    }

    private func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
            let flags = Int32(MSG_NOSIGNAL)
        #else
            let flags = Int32(0)
        #endif
        #if canImport(Glibc)
            return unsafe Glibc.send(descriptor, bytes.baseAddress, bytes.count, flags)
        #else
            return unsafe Darwin.send(descriptor, bytes.baseAddress, bytes.count, flags)
        #endif
    }
}

/// A response as far as the tests look at it.
struct RawResponse {
    /// The status code; 0 where nothing came.
    private(set) var status = 0
    private(set) var head = ""
    private(set) var content: [UInt8] = []
    private(set) var isComplete = false

    /// Creates the response of a server that closed without one.
    init() {}

    /// Reads the response at the beginning of `bytes`; `nil` where its head is not whole.
    init?(_ bytes: [UInt8]) {
        let end = Array("\r\n\r\n".utf8)
        guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: end) }) else {
            return nil
        }
        head = String(decoding: bytes[..<start], as: UTF8.self)
        status = head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let length = field("Content-Length").flatMap { Int($0) } ?? 0
        content = Array(bytes[(start + 4)...].prefix(length))
        isComplete = content.count == length
    }

    var text: String { String(decoding: content, as: UTF8.self) }

    func field(_ name: String) -> String? {
        head.split(separator: "\r\n").first { $0.hasPrefix("\(name): ") }
            .map { String($0.dropFirst(name.count + 2)) }
    }
}
