internal import CPcap
internal import Packets

/// What libpcap says when it fails: its code and its words.
struct PcapFailure: Error {
    let code: Int32
    let message: String
}

/// A handle of libpcap's, closed with its owner.
@safe
struct PcapHandle: ~Copyable {
    /// libpcap's own pointer, valid as long as the handle is.
    let pointer: OpaquePointer
    /// Whether it captures, and sees only this machine's frames although others were wanted.
    var isPromiscuityRefused: Bool

    /// A handle that captures nothing, to compile filters for frames of `linkType`.
    init(reading linkType: LinkType) throws(PcapFailure) {
        // libpcap takes its own number for the type; the length is what a match answers.
        guard let pointer = unsafe pcap_open_dead(linkType.dataLink, 262_144) else {
            throw PcapFailure(code: PCAP_ERROR, message: "out of memory")
        }
        isPromiscuityRefused = false
        unsafe self.pointer = unsafe pointer
    }

    /// A handle for `interface` that is yet to be activated.
    init(capturingOn interface: String) throws(PcapFailure) {
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard let pointer = unsafe pcap_create(interface, &message) else {
            throw PcapFailure(code: PCAP_ERROR, message: Self.text(message))
        }
        isPromiscuityRefused = false
        unsafe self.pointer = unsafe pointer
    }

    deinit { unsafe pcap_close(pointer) }

    /// Activates a handle made for capturing; warnings are no failure, and their code is answered.
    @discardableResult
    func activate() throws(PcapFailure) -> Int32 {
        let code = unsafe pcap_activate(pointer)
        guard code >= 0 else { throw failure(code) }
        return code
    }

    /// The link type of the frames, by its number in files.
    var linkType: LinkType { unsafe LinkType(dataLink: pcap_datalink(pointer)) }

    /// What libpcap says about its last failure on this handle.
    func failure(_ code: Int32) -> PcapFailure {
        var message = ""
        if let words = unsafe pcap_geterr(pointer) { message = unsafe String(cString: words) }
        if message.isEmpty, let words = unsafe pcap_statustostr(code) {
            message = unsafe String(cString: words)
        }
        return PcapFailure(code: code, message: message)
    }

    /// The text that a C function left in `buffer`.
    static func text(_ buffer: [CChar]) -> String {
        String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

/// libpcap's numbers of link types (`DLT_`) and those in files (`LINKTYPE_`) are the same but for a
/// few that differ between systems (<https://www.tcpdump.org/linktypes.html>).
extension LinkType {
    private static let differing: [(file: UInt16, system: Int32)] = [
        (100, DLT_ATM_RFC1483), (101, DLT_RAW), (102, DLT_SLIP_BSDOS), (103, DLT_PPP_BSDOS),
        (106, DLT_ATM_CLIP),
    ]

    /// libpcap's number on this system.
    var dataLink: Int32 {
        Self.differing.first { $0.file == rawValue }?.system ?? Int32(rawValue)
    }

    /// The link type of libpcap's number on this system.
    init(dataLink: Int32) {
        let file = Self.differing.first { $0.system == dataLink }?.file
        self.init(rawValue: file ?? UInt16(truncatingIfNeeded: dataLink))
    }
}
