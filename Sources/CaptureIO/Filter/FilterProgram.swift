internal import CPcap

/// A BPF program that libpcap compiled, and its memory.
@safe
struct FilterProgram: ~Copyable {
    private let program: bpf_program

    /// Compiles `expression` (pcap-filter(7)) for the link type of `handle`.
    ///
    /// - Throws: libpcap's words about what is wrong with it.
    init(_ expression: String, for handle: borrowing PcapHandle) throws(PcapFailure) {
        var program = unsafe bpf_program()
        let code = unsafe pcap_compile(
            handle.pointer,
            &program,
            expression,
            1,
            bpf_u_int32(PCAP_NETMASK_UNKNOWN)
        )
        guard code == 0 else { throw handle.failure(code) }
        unsafe self.program = unsafe program
    }

    deinit {
        // What is freed is what the copy points to.
        var program = unsafe program
        unsafe pcap_freecode(&program)
    }

    /// Lets the kernel pass only what the program accepts on to `handle`.
    func install(on handle: borrowing PcapHandle) throws(PcapFailure) {
        var program = unsafe program
        let code = unsafe pcap_setfilter(handle.pointer, &program)
        guard code == 0 else { throw handle.failure(code) }
    }

    /// Whether the program accepts a frame of `originalLength` bytes of which `bytes` were
    /// captured.
    func matches(_ bytes: Span<UInt8>, originalLength: Int) -> Bool {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe bpf_filter(
                program.bf_insns,
                buffer.baseAddress,
                UInt32(clamping: originalLength),
                UInt32(clamping: buffer.count)
            ) != 0
        }
    }
}
