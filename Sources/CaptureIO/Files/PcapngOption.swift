/// An option of a pcapng block: its code and where its value lies (draft-ietf-opsawg-pcapng §3.5).
@safe
struct PcapngOption {
    static let comment: UInt16 = 1

    static let hardware: UInt16 = 2
    static let operatingSystem: UInt16 = 3
    static let application: UInt16 = 4

    static let interfaceName: UInt16 = 2
    static let interfaceDescription: UInt16 = 3
    static let timestampResolution: UInt16 = 9
    static let interfaceFilter: UInt16 = 11
    static let interfaceSystem: UInt16 = 12
    static let timestampOffset: UInt16 = 14

    static let droppedBefore: UInt16 = 4

    static let framesReceived: UInt16 = 4
    static let droppedByInterface: UInt16 = 5
    static let droppedByKernel: UInt16 = 7
    static let framesDelivered: UInt16 = 8

    let code: UInt16
    let value: UnsafeRawBufferPointer

    /// Calls `body` with each option in `bytes`.
    ///
    /// Options that the block's end cuts are left out: no frame depends on them.
    static func forEach(
        in bytes: UnsafeRawBufferPointer,
        _ byteOrder: ByteOrder,
        _ body: (PcapngOption) -> Void
    ) {
        var position = 0
        while bytes.count - position >= 4 {
            let code = unsafe byteOrder.uint16(bytes, at: position)
            let length = unsafe Int(byteOrder.uint16(bytes, at: position + 2))
            guard code != 0, bytes.count - position - 4 >= length else { return }
            let value = unsafe bytes[position + 4..<position + 4 + length]
            unsafe body(PcapngOption(code: code, value: UnsafeRawBufferPointer(rebasing: value)))
            position += 4 + (length + 3) & ~3
        }
    }

    /// The value as text, cut to a length that is worth keeping; bytes that are not UTF-8 become
    /// U+FFFD, and it ends at the first NUL.
    var boundedText: String {
        unsafe String(
            decoding: value.prefix(CaptureDescription.longestComment).prefix { $0 != 0 },
            as: UTF8.self
        )
    }

    /// The value as a filter expression; `nil` if it is filter code and not text.
    var filterText: String? {
        guard unsafe value.first == 0 else { return nil }
        let expression = unsafe UnsafeRawBufferPointer(rebasing: value.dropFirst())
        return unsafe PcapngOption(code: code, value: expression).boundedText
    }

    /// The value as 64 bits; `nil` if it has another length.
    func bits64(_ byteOrder: ByteOrder) -> UInt64? {
        guard unsafe value.count == 8 else { return nil }
        return unsafe byteOrder.uint64(value, at: 0)
    }

    /// The value as a count; `nil` if it has not the length of one.
    func count(_ byteOrder: ByteOrder) -> Int? { bits64(byteOrder).map(Int.init(clamping:)) }
}
