package import Packets

/// The order in which the bytes of a made file's integers lie.
package enum FileByteOrder: Sendable, CaseIterable {
    case littleEndian, bigEndian
}

/// Bytes of a file that is made in one of the two byte orders.
package struct FileBytes: Sendable {
    package var bytes: [UInt8] = []
    package var byteOrder: FileByteOrder

    package init(_ byteOrder: FileByteOrder) { self.byteOrder = byteOrder }

    /// Appends an integer in the file's order.
    package mutating func append<Integer: FixedWidthInteger>(_ value: Integer) {
        bytes.appendBigEndian(byteOrder == .bigEndian ? value : value.byteSwapped)
    }

    /// Appends zeros up to a multiple of four after a part of `length` bytes.
    package mutating func pad(_ length: Int) {
        bytes += Array(repeating: 0, count: -length & 3)
    }
}

/// Makes pcap files (draft-ietf-opsawg-pcap) of every kind, right or wrong.
package struct PcapFileBuilder: Sendable {
    /// The variants by their magic numbers.
    package enum Magic: UInt32, Sendable, CaseIterable {
        case microseconds = 0xA1B2_C3D4
        case nanoseconds = 0xA1B2_3C4D
        /// Kuznetzov's, with 24-byte record headers.
        case modified = 0xA1B2_CD34
    }

    package var magic = Magic.microseconds
    package var byteOrder = FileByteOrder.littleEndian
    package var version: (major: UInt16, minor: UInt16) = (2, 4)
    package var snapshotLength: UInt32 = 262_144
    /// The whole field: the link type, and the length of a check sequence above it.
    package var network: UInt32

    package init(linkType: LinkType = .ethernet) { network = UInt32(linkType.rawValue) }

    /// The file's header.
    package var header: [UInt8] {
        var file = FileBytes(byteOrder)
        file.append(magic.rawValue)
        file.append(version.major)
        file.append(version.minor)
        file.append(UInt64(0))
        file.append(snapshotLength)
        file.append(network)
        return file.bytes
    }

    /// The record of a frame, with `claiming` as its captured length if that shall be a lie.
    package func record(_ frame: BuiltFrame, claiming length: UInt32? = nil) -> [UInt8] {
        var file = FileBytes(byteOrder)
        let nanoseconds = frame.timestamp.nanoseconds
        let fraction = nanoseconds % 1_000_000_000
        file.append(UInt32(truncatingIfNeeded: nanoseconds / 1_000_000_000))
        file.append(
            UInt32(truncatingIfNeeded: magic == .nanoseconds ? fraction : fraction / 1000)
        )
        file.append(length ?? UInt32(frame.bytes.count))
        file.append(UInt32(frame.originalLength))
        if magic == .modified { file.append(UInt64(0)) }
        return file.bytes + frame.bytes
    }

    /// A whole file.
    package func file(_ frames: [BuiltFrame]) -> [UInt8] {
        frames.reduce(into: header) { $0 += record($1) }
    }
}
