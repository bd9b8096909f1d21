internal import Packets

/// Makes files of Microsoft's Network Monitor, whose times count from 2023-11-14T22:13:20Z.
package struct NetworkMonitorFileBuilder: Sendable {
    package var version: (major: UInt8, minor: UInt8)
    /// The link type of the header and of each frame: 1 is Ethernet.
    package var network: UInt16 = 1

    private static let start: Int64 = 1_700_000_000_000_000_000

    package init(_ major: UInt8, _ minor: UInt8) { version = (major, minor) }

    /// A whole file; `notes` of a kind that is no frame stand in front of the frames.
    package func file(_ frames: [BuiltFrame], notes: [UInt16] = []) -> [UInt8] {
        var records: [[UInt8]] = notes.map { record(BuiltFrame(bytes: [1, 2, 3]), kind: $0) }
        records += frames.map { record($0, kind: network) }
        let end = 128 + records.reduce(0) { $0 + $1.count }
        var file = FileBytes(.littleEndian)
        file.bytes += version.major == 1 ? "RTSS".utf8 : "GMBU".utf8
        file.bytes += [version.minor, version.major]
        file.append(network)
        for part in [2023, 11, 2, 14, 22, 13, 20, 0] as [UInt16] { file.append(part) }
        file.append(UInt32(end))
        file.append(UInt32(records.count * 4))
        file.bytes += Array(repeating: 0, count: 128 - file.bytes.count)
        var places: [UInt32] = []
        for record in records {
            places.append(UInt32(file.bytes.count))
            file.bytes += record
        }
        for place in places { file.append(place) }
        return file.bytes
    }

    private func record(_ frame: BuiltFrame, kind: UInt16) -> [UInt8] {
        var file = FileBytes(.littleEndian)
        let elapsed = frame.timestamp.nanoseconds - Self.start
        if version.major == 1 {
            file.append(UInt32(elapsed / 1_000_000))
            file.append(UInt16(frame.originalLength))
            file.append(UInt16(frame.bytes.count))
        } else {
            file.append(elapsed / 1000)
            file.append(UInt32(frame.originalLength))
            file.append(UInt32(frame.bytes.count))
        }
        file.bytes += frame.bytes
        guard version.major == 2, version.minor >= 1 else { return file.bytes }
        file.append(kind)
        if version.minor >= 2 { file.append(UInt32(0)) }
        if version.minor >= 3 {
            file.append(UInt64(frame.timestamp.nanoseconds / 100 + 116_444_736_000_000_000))
            file.bytes += [0]
        }
        return file.bytes
    }
}
