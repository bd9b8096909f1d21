internal import Bytes
internal import NIOCore
internal import NIOPosix
internal import Peers
internal import Synchronization

/// What was asked and answered, a line each, written some moments later and many at once.
///
/// Where the lines cannot be written as fast as they come, the server goes on and lines are left
/// out; how many is written too.
package final class RequestLog: Sendable {
    private struct Lines {
        var bytes: [UInt8] = []
        var leftOut = 0
        var isWriting = false
    }

    /// The most bytes that wait to be written.
    private static let limit = 4 << 20
    /// How long lines wait for others to be written with.
    private static let delay = TimeAmount.milliseconds(50)

    private let lines = Mutex(Lines())
    /// Held locked while lines are written, so that none overtakes another.
    private let writing = Mutex(())
    private let write: @Sendable ([UInt8]) -> Void

    /// How much a line has of a request.
    package enum Detail: String, Sendable, CaseIterable {
        /// The request line.
        case short
        /// All that was received of it, in escapes.
        case full
    }

    private let detail: Detail

    /// Creates a log.
    ///
    /// - Parameters:
    ///   - detail: how much a line has of a request.
    ///   - write: writes whole lines; may block, and is never called by two at once.
    package init(detail: Detail = .full, write: @escaping @Sendable ([UInt8]) -> Void) {
        self.detail = detail
        self.write = write
    }

    /// Adds the line of one request.
    func add(
        _ entry: ServerLogEntry,
        of client: String,
        at time: WallTime,
        on loop: any EventLoop
    ) {
        let isFirst = lines.withLock { lines in
            guard lines.bytes.count < Self.limit else {
                lines.leftOut += 1
                return false
            }
            append(entry, of: client, at: time, to: &lines.bytes)
            if lines.isWriting { return false }
            lines.isWriting = true
            return true
        }
        guard isFirst else { return }
        loop.scheduleTask(in: Self.delay) {
            NIOThreadPool.singleton.submit { _ in self.writeOut() }
        }
    }

    /// Writes what has not been written yet.
    package func writeOut() {
        writing.withLock { _ in
            while let bytes = take() { write(bytes) }
        }
    }

    private func take() -> [UInt8]? {
        lines.withLock { lines in
            lines.isWriting = !lines.bytes.isEmpty
            guard lines.isWriting else { return nil }
            var bytes: [UInt8] = []
            swap(&bytes, &lines.bytes)
            if lines.leftOut > 0 { bytes += "and \(lines.leftOut) requests more\n".utf8 }
            lines.leftOut = 0
            return bytes
        }
    }

    private func append(
        _ entry: ServerLogEntry,
        of client: String,
        at time: WallTime,
        to bytes: inout [UInt8]
    ) {
        bytes += "\(time.logTimestamp) \(client) \(entry.status.rawValue) ".utf8
        switch detail {
        case .short:
            let line = entry.received.prefix { $0 != .lineFeed && $0 != .carriageReturn }
            bytes += EscapedText.escape(line.span).utf8
        case .full:
            let omitted = entry.receivedCount - entry.received.count
            bytes += EscapedText.escape(entry.received.span).utf8
            if omitted > 0 { bytes += " and \(omitted) bytes more".utf8 }
        }
        bytes.append(.lineFeed)
    }
}
