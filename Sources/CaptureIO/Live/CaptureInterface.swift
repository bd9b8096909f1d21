internal import CPcap

/// An interface of this machine that libpcap knows.
package struct CaptureInterface: Sendable, Hashable {
    /// The system's name for it, such as `eth0`.
    package var name: String
    /// What the system says it is, if anything.
    package var label: String?
    /// Its IPv4 and IPv6 addresses as text.
    package var addresses: [String]
    /// Whether it carries only this machine's traffic with itself.
    package var isLoopback: Bool
    /// Whether it is switched on.
    package var isUp: Bool

    /// The interfaces of this machine, in libpcap's order: the ones of most use first.
    ///
    /// - Throws: ``CaptureError/noInterfaces(reason:)`` if the system does not tell them.
    package static func all() throws(CaptureError) -> [CaptureInterface] {
        var first: UnsafeMutablePointer<pcap_if_t>?
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard unsafe pcap_findalldevs(&first, &message) == 0 else {
            throw .noInterfaces(reason: PcapHandle.text(message))
        }
        defer { unsafe pcap_freealldevs(first) }
        var interfaces: [CaptureInterface] = []
        var next = unsafe first
        while let device = unsafe next?.pointee {
            if let interface = unsafe CaptureInterface(device) { interfaces.append(interface) }
            unsafe next = unsafe device.next
        }
        return interfaces
    }

    /// The name of the loopback interface.
    ///
    /// - Throws: ``CaptureError/noInterfaces(reason:)`` if there is none.
    package static func loopback() throws(CaptureError) -> String {
        let loopbacks = try all().filter(\.isLoopback)
        guard let chosen = loopbacks.first(where: \.isUp) ?? loopbacks.first else {
            throw .noInterfaces(reason: "this machine has no loopback interface")
        }
        return chosen.name
    }

    /// What keeps this user from capturing on it, if anything does.
    ///
    /// It is tried by opening the interface; nothing is read. The error's description says how to
    /// get the right.
    package func obstacle() -> CaptureError? {
        do throws(PcapFailure) {
            let handle = try PcapHandle(capturingOn: name)
            unsafe pcap_set_snaplen(handle.pointer, 64)
            unsafe pcap_set_timeout(handle.pointer, 10)
            unsafe pcap_set_buffer_size(handle.pointer, 1_048_576)
            try handle.activate()
            return nil
        } catch {
            return CaptureError(error, interface: name)
        }
    }

    private init?(_ device: pcap_if_t) {
        guard let name = unsafe device.name else { return nil }
        self.name = unsafe String(cString: name)
        label = unsafe device.description.map { unsafe String(cString: $0) }
        let flags = unsafe device.flags
        isLoopback = flags & UInt32(PCAP_IF_LOOPBACK) != 0
        isUp = flags & UInt32(PCAP_IF_UP) != 0
        addresses = []
        var next = unsafe device.addresses
        while let address = unsafe next?.pointee {
            if let text = unsafe Self.text(of: address.addr) { addresses.append(text) }
            unsafe next = unsafe address.next
        }
    }

    private static func text(of address: UnsafeMutablePointer<sockaddr>?) -> String? {
        guard let address = unsafe address else { return nil }
        let family = unsafe Int32(address.pointee.sa_family)
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let raw = UnsafeRawPointer(address)
        let offset: Int?
        switch family {
        case AF_INET: offset = MemoryLayout<sockaddr_in>.offset(of: \.sin_addr)
        case AF_INET6: offset = MemoryLayout<sockaddr_in6>.offset(of: \.sin6_addr)
        default: return nil
        }
        guard let offset,
            unsafe inet_ntop(family, raw + offset, &buffer, socklen_t(buffer.count)) != nil
        else { return nil }
        return PcapHandle.text(buffer)
    }
}

extension CaptureError {
    /// What libpcap's failure to open `interface` means to a user.
    init(_ failure: PcapFailure, interface: String) {
        let existing = (try? CaptureInterface.all().map(\.name)) ?? []
        switch failure.code {
        case PCAP_ERROR_PERM_DENIED, PCAP_ERROR_PROMISC_PERM_DENIED:
            // The right is asked for first: do not send users for it when the name is wrong.
            self =
                existing.isEmpty || existing.contains(interface)
                ? .captureNotPermitted(interface: interface)
                : .noSuchInterface(name: interface, existing: existing)
        case PCAP_ERROR_NO_SUCH_DEVICE:
            self = .noSuchInterface(name: interface, existing: existing)
        default:
            self = .interfaceUnavailable(name: interface, reason: failure.message)
        }
    }
}
