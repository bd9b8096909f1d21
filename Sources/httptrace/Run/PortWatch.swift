import CaptureIO
import Packets
import Processes
import Synchronization
import TraceIO

/// Looks which ports the command's programs use, on a thread of its own: at once where a connection
/// begins, and a few times a second.
final class PortWatch: Sendable {
    /// The most time that connections are waited for, in milliseconds.
    private static let pause = 20

    /// The most time between two looks at everything.
    private static let interval = Duration.milliseconds(50)

    /// Segments that begin a connection, on either version of IP.
    private static let beginnings = """
        tcp[tcpflags] & tcp-syn != 0 or (ip6[6] == 6 and ip6[53] & 0x02 != 0)
        """

    private let ports = Mutex(ProcessPorts())
    private let isOver = Atomic(false)

    private init() {}

    /// Begins to look.
    ///
    /// - Throws: what keeps this user from capturing on loopback.
    static func start() throws(CaptureError) -> PortWatch {
        var options = LiveCaptureOptions(filter: beginnings)
        options.snapshotLength = 128
        options.bufferSize = 1 << 20
        options.isImmediate = true
        // It is opened here, so that no connection is too early to be seen.
        let watch = PortWatch()
        let waiting = WaitingCapture(try LiveCapture(options))
        BackgroundThread.start { watch.look(waiting) }
        return watch
    }

    /// Looks no more, and answers which ports were found.
    func finish() -> Set<UInt16> {
        isOver.store(true, ordering: .relaxed)
        return ports.withLock { $0.found }
    }

    private func look(_ waiting: WaitingCapture) {
        let diagnosis = SocketDiagnosis()
        var lastLook = ContinuousClock.now
        while !isOver.load(ordering: .relaxed) {
            let begun = waiting.beginnings(milliseconds: Self.pause)
            ports.withLock { $0.look(at: begun, diagnosis) }
            // The tables are long and slow to read; who listens is there for longer.
            if begun.isEmpty || !diagnosis.isOpen || lastLook.duration(to: .now) > Self.interval {
                ports.withLock { $0.look() }
                lastLook = .now
            }
        }
    }
}

/// A capture on its way to the thread that reads it.
private final class WaitingCapture: Sendable {
    private let capture: Mutex<LiveCapture>

    init(_ capture: consuming sending LiveCapture) { self.capture = Mutex(capture) }

    /// The connections that begin next, none after this time; where the interface is lost, the
    /// recording tells.
    func beginnings(milliseconds: Int) -> [(client: Endpoint, server: Endpoint)] {
        var begun: [(client: Endpoint, server: Endpoint)] = []
        capture.withLock { capture in
            do throws(CaptureError) {
                _ = try capture.read(waitingAtMost: milliseconds) { frame, bytes in
                    let outcome = PacketDecoder.decode(
                        bytes,
                        linkType: frame.linkType,
                        originalLength: frame.originalLength
                    )
                    guard case .segment(let segment) = outcome, !segment.flags.contains(.ack)
                    else { return }
                    begun.append((segment.source, segment.destination))
                }
            } catch {
                capture.interrupter.interrupt()
            }
        }
        return begun
    }
}
