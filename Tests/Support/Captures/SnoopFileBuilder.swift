internal import Packets

/// Makes Solaris snoop files (RFC 1761).
package struct SnoopFileBuilder: Sendable {
    package var version: UInt32 = 2
    /// The data-link type, which is not one of pcap's: 4 is Ethernet.
    package var dataLink: UInt32 = 4

    package init() {}

    /// A whole file.
    package func file(_ frames: [BuiltFrame]) -> [UInt8] {
        var file = FileBytes(.bigEndian)
        file.bytes += "snoop\0\0\0".utf8
        file.append(version)
        file.append(dataLink)
        for frame in frames {
            file.append(UInt32(frame.originalLength))
            file.append(UInt32(frame.bytes.count))
            file.append(UInt32(24 + (frame.bytes.count + 3) & ~3))
            file.append(UInt32(0))
            file.append(UInt32(frame.timestamp.nanoseconds / 1_000_000_000))
            file.append(UInt32(frame.timestamp.nanoseconds % 1_000_000_000 / 1000))
            file.bytes += frame.bytes
            file.pad(frame.bytes.count)
        }
        return file.bytes
    }
}
