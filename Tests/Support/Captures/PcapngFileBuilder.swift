package import Packets

/// Makes pcapng files (draft-ietf-opsawg-pcapng) block by block, right or wrong.
package struct PcapngFileBuilder: Sendable {
    /// An option: its code and its value.
    package struct Option: Sendable {
        package var code: UInt16
        package var value: [UInt8]

        package init(_ code: UInt16, _ value: [UInt8]) {
            self.code = code
            self.value = value
        }

        /// An option whose value is text; code 1 is a comment.
        package init(_ code: UInt16, _ text: String) { self.init(code, [UInt8](text.utf8)) }
    }

    /// The file so far.
    package var bytes: [UInt8] = []
    private var byteOrder = FileByteOrder.littleEndian

    package init() {}

    /// A file of one section that holds `frames`, whose interfaces all have the same link type and
    /// nanoseconds.
    package init(_ frames: [BuiltFrame], byteOrder: FileByteOrder = .littleEndian) {
        section(byteOrder)
        interface(frames.first?.linkType ?? .ethernet, options: [Option(9, [9])])
        for frame in frames { packet(frame) }
    }

    /// Begins a section; `length` is that of its other blocks, or -1 for unknown.
    package mutating func section(
        _ byteOrder: FileByteOrder = .littleEndian,
        length: Int64 = -1,
        options: [Option] = []
    ) {
        self.byteOrder = byteOrder
        block(0x0A0D_0D0A, options: options) { file in
            file.append(UInt32(0x1A2B_3C4D))
            file.append(UInt16(1))
            file.append(UInt16(0))
            file.append(length)
        }
    }

    /// Declares an interface.
    package mutating func interface(
        _ linkType: LinkType,
        snapshotLength: UInt32 = 0,
        options: [Option] = []
    ) {
        block(1, options: options) { file in
            file.append(linkType.rawValue)
            file.append(UInt16(0))
            file.append(snapshotLength)
        }
    }

    /// Adds an Enhanced Packet Block; its time is `count` in the interface's units, or the frame's
    /// nanoseconds.
    package mutating func packet(
        _ frame: BuiltFrame,
        count: UInt64? = nil,
        claiming length: UInt32? = nil,
        options: [Option] = []
    ) {
        block(6, options: options) { file in
            file.append(UInt32(frame.interface))
            Self.appendPacket(
                frame,
                count: count ?? UInt64(frame.timestamp.nanoseconds),
                length,
                to: &file
            )
        }
    }

    /// Adds an obsolete Packet Block.
    package mutating func obsoletePacket(_ frame: BuiltFrame, count: UInt64) {
        block(2) { file in
            file.append(UInt16(frame.interface))
            file.append(UInt16(0xFFFF))
            Self.appendPacket(frame, count: count, nil, to: &file)
        }
    }

    /// Adds a Simple Packet Block.
    package mutating func simplePacket(_ frame: BuiltFrame) {
        block(3) { file in
            file.append(UInt32(frame.originalLength))
            file.bytes += frame.bytes
            file.pad(frame.bytes.count)
        }
    }

    /// Adds an Interface Statistics Block.
    package mutating func statistics(interface: UInt32, options: [(code: UInt16, count: UInt64)]) {
        let byteOrder = byteOrder
        let encoded = options.map { option in
            var value = FileBytes(byteOrder)
            value.append(option.count)
            return Option(option.code, value.bytes)
        }
        block(5, options: encoded) { file in
            file.append(interface)
            file.append(UInt64(0))
        }
    }

    /// Adds a block of any type; `claiming` puts a wrong length at its start.
    package mutating func block(
        _ type: UInt32,
        claiming claimed: UInt32? = nil,
        options: [Option] = [],
        _ body: (inout FileBytes) -> Void
    ) {
        var content = FileBytes(byteOrder)
        body(&content)
        for option in options {
            content.append(option.code)
            content.append(UInt16(option.value.count))
            content.bytes += option.value
            content.pad(option.value.count)
        }
        if !options.isEmpty { content.append(UInt32(0)) }
        let length = UInt32(content.bytes.count + 12)
        var block = FileBytes(byteOrder)
        block.append(type)
        block.append(claimed ?? length)
        block.bytes += content.bytes
        block.append(length)
        bytes += block.bytes
    }

    private static func appendPacket(
        _ frame: BuiltFrame,
        count: UInt64,
        _ claimed: UInt32?,
        to file: inout FileBytes
    ) {
        file.append(UInt32(truncatingIfNeeded: count >> 32))
        file.append(UInt32(truncatingIfNeeded: count))
        file.append(claimed ?? UInt32(frame.bytes.count))
        file.append(UInt32(frame.originalLength))
        file.bytes += frame.bytes
        file.pad(frame.bytes.count)
    }
}
