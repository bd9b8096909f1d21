/// A format of files that people take for capture files, or that are so and are not read, as their
/// beginnings show.
package enum ForeignFormat: Sendable, Hashable {
    /// Another program's captures, which `editcap` converts.
    case capture(String)
    /// An archive, with the command that takes files out of it.
    case archive(String, command: String)
    /// Windows's trace log.
    case eventTraceLog
    /// Frames as hexadecimal text.
    case hexDump
    /// Something else that holds no frames.
    case other(String)

    /// How many bytes of a file are looked at.
    static let length = 512

    /// The format of a file with this beginning, of ``length`` bytes if it has so many; `nil` where it
    /// is none of these.
    init?(beginning bytes: UnsafeRawBufferPointer) {
        let bytes = unsafe bytes.prefix(Self.length)
        for (mark, format) in Self.marks where unsafe bytes.starts(with: mark.utf8) {
            self = format
            return
        }
        for (mark, format) in Self.binaryMarks where unsafe bytes.starts(with: mark) {
            self = format
            return
        }
        guard let format = unsafe Self.structured(UnsafeRawBufferPointer(rebasing: bytes)) else {
            return nil
        }
        self = format
    }

    /// Formats that begin with text.
    private static let marks: [(String, ForeignFormat)] = [
        ("TRSNIFF data    \u{1A}", .capture("Sniffer")),
        ("iptrace 1.0", .capture("AIX iptrace")),
        ("iptrace 2.0", .capture("AIX iptrace")),
        ("XCP\0", .capture("NetXRay (or Windows Sniffer)")),
        ("VL\0\0", .capture("NetXRay")),
        ("TR\0d\0", .capture("HP-UX nettl")),
        ("\u{5}VNF", .capture("Visual Networks")),
        ("\u{7F}ver", .capture("EtherPeek or OmniPeek")),
        ("ObserverPktBuf", .capture("Network Instruments Observer")),
        ("btsnoop\0", .capture("Bluetooth btsnoop")),
        ("+---------+---------------+----------+", .capture("K12 text")),
        ("TCPIPtrace", .capture("VMS TCPtrace")),
        ("PK\u{3}\u{4}", .archive("zip", command: "unzip")),
        ("PK\u{5}\u{6}", .archive("zip", command: "unzip")),
        ("Rar!\u{1A}\u{7}", .archive("rar", command: "unrar x")),
        ("!<arch>\n", .archive("ar", command: "ar x")),
        ("MSCF\0\0\0\0", .archive("cabinet", command: "cabextract")),
        ("LZIP", .archive("lzip", command: "lzip -d")),
        ("SQLite format 3\0", .other("an SQLite database")),
        ("# SSL/TLS secrets log", .other("a TLS key log")),
        ("CLIENT_RANDOM ", .other("a TLS key log")),
        ("%PDF-", .other("a PDF document")),
        ("\u{7F}ELF", .other("a program")),
        ("0000  ", .hexDump),
        ("000000 ", .hexDump),
        ("00000000", .hexDump),
    ]

    /// Those whose marks are no text.
    private static let binaryMarks: [([UInt8], ForeignFormat)] = [
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .archive("7z", command: "7z x")),
        ([0x1F, 0x9D], .archive("compress", command: "uncompress")),
        ([0x5D, 0x00, 0x00], .archive("lzma", command: "unlzma")),
        ([0x00, 0x00, 0x02, 0x00, 0x12, 0x05, 0x00, 0x10], .capture("Tektronix K12")),
        ([0, 0, 0, 1, 0, 0, 0, 0, 0, 7, 0xD0, 0], .capture("HP-UX nettl")),
        (
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
            .other("a document of Microsoft Office")
        ),
    ]

    /// Formats that are told by what stands at places behind the beginning.
    private static func structured(_ bytes: UnsafeRawBufferPointer) -> ForeignFormat? {
        if unsafe bytes.count >= 262 && bytes[257..<262].elementsEqual("ustar".utf8) {
            return .archive("tar", command: "tar -xf")
        }
        if unsafe bytes.count >= 76 && (1...2).contains(bytes[74]) && bytes[75] == 0xC0 {
            return .eventTraceLog
        }
        if unsafe isERF(bytes) { return .capture("Endace ERF") }
        if unsafe contains(bytes, "NetScaler") { return .capture("Citrix NetScaler trace") }
        return unsafe text(bytes)
    }

    /// Markup and JSON, which no capture begins with.
    private static func text(_ bytes: UnsafeRawBufferPointer) -> ForeignFormat? {
        var rest = unsafe bytes[...]
        if unsafe rest.starts(with: [0xEF, 0xBB, 0xBF]) { unsafe rest = rest.dropFirst(3) }
        unsafe rest = rest.drop { $0 == 0x20 || 9...13 ~= $0 }
        guard let first = unsafe rest.first else { return nil }
        switch first {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard unsafe rest.dropFirst().contains(UInt8(ascii: "\"")) else { return nil }
            return unsafe contains(bytes, "\"log\"")
                ? .other("an HTTP archive (HAR)") : .other("JSON")
        case UInt8(ascii: "<"):
            let second = unsafe rest.dropFirst().first ?? 0
            return 0x21...0x7A ~= second ? .other("XML or HTML") : nil
        default: return nil
        }
    }

    /// Whether two records of Endace's extensible record format lie one behind the other: it has no
    /// mark of its own.
    private static func isERF(_ bytes: UnsafeRawBufferPointer) -> Bool {
        func length(at offset: Int) -> Int? {
            guard offset + 16 <= bytes.count, unsafe 1...48 ~= bytes[offset + 8] & 0x7F else {
                return nil
            }
            let length = unsafe Int(ByteOrder.bigEndian.uint16(bytes, at: offset + 10))
            let wire = unsafe Int(ByteOrder.bigEndian.uint16(bytes, at: offset + 14))
            return length >= 24 && wire > 0 && wire + 64 >= length - 16 ? length : nil
        }
        // The seconds of the time, which is little-endian: from 2001 on.
        guard let first = length(at: 0), length(at: first) != nil else { return false }
        return unsafe ByteOrder.littleEndian.uint32(bytes, at: 4) > 1_000_000_000
    }

    private static func contains(_ bytes: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        let mark = unsafe UnsafeBufferPointer(start: text.utf8Start, count: count)
        guard bytes.count >= count else { return false }
        return (0...bytes.count - count).contains { start in
            unsafe bytes[start..<start + count].elementsEqual(mark)
        }
    }
}

extension ForeignFormat: CustomStringConvertible {
    /// What it is, and what to do, as clauses.
    package var description: String {
        switch self {
        case .capture(let name):
            "is a capture in the \(name) format, which is not read: convert it first, with "
                + "`editcap FILE FILE.pcapng`"
        case .archive(let name, let command):
            "is a \(name) archive: take the capture out of it first, with `\(command) FILE`"
        case .eventTraceLog:
            "is an event trace log (ETL) of Windows: convert it first, with "
                + "`pktmon etl2pcap FILE` or etl2pcapng"
        case .hexDump:
            "is a hexadecimal dump: make a capture of it first, with `text2pcap FILE FILE.pcapng`"
        case .other(let name):
            "is \(name), not a capture file: give the file with the packets, pcap or pcapng"
        }
    }
}
