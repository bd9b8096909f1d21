internal import CPcap

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

extension PcapHandle {
    /// A handle that captures on `interface` as `options` say, filter excepted, without blocking;
    /// where the frames of other machines are wanted and refused, it gives this machine's all the same.
    static func capturing(
        on interface: String,
        _ options: LiveCaptureOptions
    ) throws(PcapFailure) -> PcapHandle {
        do throws(PcapFailure) {
            return try opened(on: interface, options)
        } catch {
            guard options.isPromiscuous else { throw error }
        }
        var modest = options
        modest.isPromiscuous = false
        var handle = try opened(on: interface, modest)
        handle.isPromiscuityRefused = true
        return handle
    }

    private static func opened(
        on interface: String,
        _ options: LiveCaptureOptions
    ) throws(PcapFailure) -> PcapHandle {
        var handle = try PcapHandle(capturingOn: interface)
        unsafe pcap_set_snaplen(handle.pointer, Int32(clamping: options.snapshotLength))
        unsafe pcap_set_promisc(handle.pointer, options.isPromiscuous ? 1 : 0)
        unsafe pcap_set_timeout(handle.pointer, Int32(min(max(options.timeout, 1), 1000)))
        unsafe pcap_set_buffer_size(handle.pointer, Int32(clamping: options.bufferSize))
        unsafe pcap_set_immediate_mode(handle.pointer, options.isImmediate ? 1 : 0)
        // Where the system has only microseconds, the precision stays and is asked for later.
        unsafe pcap_set_tstamp_precision(handle.pointer, PCAP_TSTAMP_PRECISION_NANO)
        let warning = try handle.activate()
        handle.isPromiscuityRefused = warning == PCAP_WARNING_PROMISC_NOTSUP
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard unsafe pcap_setnonblock(handle.pointer, 1, &message) == 0 else {
            throw PcapFailure(code: PCAP_ERROR, message: Self.text(message))
        }
        return handle
    }

    /// Lets only frames that match `expression` through, and on loopback each only once.
    func filter(
        _ expression: String?,
        isLoopback: Bool,
        _ interface: String
    ) throws(CaptureError) {
        let expression = expression ?? ""
        do throws(PcapFailure) {
            // The user's own words alone, so that an error speaks of nothing else.
            try FilterProgram(expression, for: self).install(on: self)
        } catch {
            throw .invalidFilter(expression: expression, reason: error.message)
        }
        guard isLoopback else { return }
        let code = unsafe pcap_setdirection(pointer, PCAP_D_IN)
        guard code == 0 else {
            throw .interfaceUnavailable(name: interface, reason: failure(code).message)
        }
        #if os(Linux)
            ignoreOutgoing()
        #endif
    }

    /// What the kernel has counted for this handle; `nil` where it does not tell.
    var counts: pcap_stat? {
        var counts = pcap_stat()
        return unsafe pcap_stats(pointer, &counts) == 0 ? counts : nil
    }

    /// Makes room where frames that came before the filter have filled the ring, and gives the
    /// counts from which those of the capture are reckoned.
    ///
    /// The kernel collects every frame from the moment the interface is opened. On a busy machine
    /// they can fill the ring before the filter stands; those that then find no room are no loss to
    /// this capture, and those in the ring must not keep its own out.
    func clearedOfEarlierFrames() -> pcap_stat {
        let first = counts ?? pcap_stat()
        guard first.ps_drop > 0 else { return first }
        _ = unsafe pcap_dispatch(pointer, 0, { _, _, _ in }, nil)
        return counts ?? first
    }

    #if os(Linux)
        /// Keeps the kernel from putting outgoing frames into the ring, where libpcap's direction
        /// would only find and drop them.
        ///
        /// The word `inbound` in the filter would do it too, but libpcap runs the filter itself
        /// over the first block of the ring, where it knows no direction, and loses those frames.
        /// Kernels before 4.20 refuse the option, which costs only room in the ring.
        private func ignoreOutgoing() {
            let packetLevel: Int32 = 263  // SOL_PACKET
            let ignoreOutgoing: Int32 = 23  // PACKET_IGNORE_OUTGOING
            var enabled: Int32 = 1
            _ = unsafe setsockopt(
                pcap_fileno(pointer),
                packetLevel,
                ignoreOutgoing,
                &enabled,
                socklen_t(MemoryLayout<Int32>.size)
            )
        }
    #endif
}

extension CaptureInterface {
    /// Whether `name` is a loopback interface's.
    static func isLoopback(_ name: String) throws(CaptureError) -> Bool {
        try all().contains { $0.name == name && $0.isLoopback }
    }
}
