package import Packets

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif

/// Asks the kernel about single TCP connections of this network (sock_diag(7)): that takes
/// microseconds where its table of all of them (`/proc/net/tcp`) takes milliseconds.
package struct SocketDiagnosis: ~Copyable {
    private static let requestLength = 72
    /// Where an answer has the socket's inode.
    private static let inodeOffset = 84

    private let descriptor: Int32

    /// Opens the way to the kernel; where that has none, it knows no socket.
    package init() {
        let netlink: Int32 = 16  // AF_NETLINK
        let socketDiagnosis: Int32 = 4  // NETLINK_SOCK_DIAG
        let kind = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        descriptor = socket(netlink, kind, socketDiagnosis)
    }

    deinit { if isOpen { close(descriptor) } }

    /// Whether there is a way to the kernel.
    package var isOpen: Bool { descriptor >= 0 }

    /// The inode of the socket at `local` of the connection to `remote`; `nil` where there is none,
    /// or none that a program holds.
    package func inode(of local: Endpoint, to remote: Endpoint) -> UInt32? {
        let request = Self.request(local, remote)
        let sent = unsafe request.withUnsafeBytes { bytes in
            unsafe send(descriptor, bytes.baseAddress, bytes.count, 0)
        }
        guard sent == request.count else { return nil }
        var answer = [UInt8](repeating: 0, count: 512)
        let length = unsafe answer.withUnsafeMutableBytes { bytes in
            unsafe recv(descriptor, bytes.baseAddress, bytes.count, 0)
        }
        return Self.inode(in: Array(answer.prefix(max(0, length))))
    }

    /// A `nlmsghdr` and an `inet_diag_req_v2`.
    private static func request(_ local: Endpoint, _ remote: Endpoint) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(native: UInt32(requestLength))
        bytes.append(native: UInt16(20))  // SOCK_DIAG_BY_FAMILY
        bytes.append(native: UInt16(1))  // NLM_F_REQUEST
        bytes.append(native: UInt64(0))  // neither sequence number nor port
        let family = local.address.isVersion6 ? AF_INET6 : AF_INET
        bytes += [UInt8(family), UInt8(IPPROTO_TCP), 0, 0]
        bytes.append(native: UInt32.max)  // in any state
        bytes.append(native: local.port.bigEndian)
        bytes.append(native: remote.port.bigEndian)
        bytes.append(local.address)
        bytes.append(remote.address)
        bytes.append(native: UInt32(0))  // on any interface
        bytes.append(native: UInt64.max)  // INET_DIAG_NOCOOKIE
        return bytes
    }

    private static func inode(in answer: [UInt8]) -> UInt32? {
        let type = answer.count >= inodeOffset + 4 ? answer.native(UInt16.self, at: 4) : 0
        guard type == 20 else { return nil }
        let inode = answer.native(UInt32.self, at: inodeOffset)
        return inode == 0 ? nil : inode
    }
}

extension [UInt8] {
    /// Appends an integer in this machine's byte order.
    fileprivate mutating func append<Integer: FixedWidthInteger>(native value: Integer) {
        var value = value
        unsafe Swift.withUnsafeBytes(of: &value) { unsafe append(contentsOf: $0) }
    }

    /// Appends an address in 16 bytes, as the kernel lays it out.
    fileprivate mutating func append(_ address: IPAddress) {
        if address.isVersion6 {
            append(native: address.high.bigEndian)
            append(native: address.low.bigEndian)
        } else {
            append(native: UInt32(truncatingIfNeeded: address.low).bigEndian)
            append(contentsOf: repeatElement(0, count: 12))
        }
    }

    /// An integer in this machine's byte order.
    fileprivate func native<Integer: FixedWidthInteger>(
        _ type: Integer.Type,
        at offset: Int
    ) -> Integer {
        unsafe withUnsafeBytes { bytes in
            unsafe bytes.loadUnaligned(fromByteOffset: offset, as: type)
        }
    }
}
