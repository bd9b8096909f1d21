import Bytes
import CaptureIO
import Foundation
import Packets
import Support
import Testing

/// These need the right to capture on loopback, and fail without it.
struct LiveCaptureTests {
    @Test func `frames on loopback are captured once each, from the first on`() throws {
        let listener = try LoopbackListener()
        var options = LiveCaptureOptions()
        options.filter = "tcp port \(listener.port)"
        var capture = try LiveCapture(options)
        // Nothing waits between here and the first packet.
        let text = "GET / HTTP/1.1\r\n\r\n"
        try listener.exchange(sending: text)
        var frames: [LentFrame] = []
        while !frames.contains(where: { contains(text, in: $0.bytes) }) || frames.count < 4 {
            let lent = try capture.read(waitingAtMost: 2000) { frame, bytes in
                frames.append(LentFrame(frame: frame, bytes: [UInt8](copying: bytes)))
            }
            try #require(lent > 0, "nothing was captured for two seconds")
        }
        // SYN, SYN-ACK, ACK, data: the client's SYN is there, and each of them once.
        #expect(frames.prefix(4).map { flags(of: $0.bytes) } == [0x02, 0x12, 0x10, 0x18])
        #expect(frames.count { contains(text, in: $0.bytes) } == 1)
        #expect(frames.map(\.frame.number) == Array(1...frames.count))
        let (linkType, framesRead) = (capture.linkType, capture.framesRead)
        let statistics = capture.statistics()
        #expect(frames.allSatisfy { $0.frame.linkType == linkType })
        #expect(framesRead == frames.count)
        #expect(statistics.dropped == 0)
    }

    @Test(.timeLimit(.minutes(2)))
    func `frames are lent as they come, long before the waiting is over`() throws {
        let listener = try LoopbackListener()
        var capture = try LiveCapture(LiveCaptureOptions(filter: "tcp port \(listener.port)"))
        try listener.exchange(sending: "x")
        let lent = try capture.read(waitingAtMost: 3_600_000) { _, _ in }
        #expect(lent > 0)
    }

    @Test(.timeLimit(.minutes(2)))
    func `an interrupt ends the waiting, and later waits too`() throws {
        let listener = try LoopbackListener()
        var capture = try LiveCapture(LiveCaptureOptions(filter: "tcp port \(listener.port)"))
        let interrupter = capture.interrupter
        // A thread of its own: other tests may keep those of the pool busy.
        Thread.detachNewThread { interrupter.interrupt() }
        while !interrupter.isInterrupted {
            _ = try capture.read(waitingAtMost: 3_600_000) { _, _ in }
        }
        let lent = try capture.read(waitingAtMost: 3_600_000) { _, _ in }
        #expect(lent == 0)
    }

    @Test func `frames that came before the filter stood are no loss`() throws {
        let listener = try LoopbackListener()
        var options = LiveCaptureOptions(filter: "tcp port \(listener.port)")
        options.bufferSize = 262_144
        let flood = LoopbackFlood()
        defer { flood.stop() }
        while flood.sent == 0 { sched_yield() }
        for _ in 0..<20 {
            let statistics = try LiveCapture(options).statistics()
            #expect(statistics.dropped == 0)
        }
    }

    @Test func `an interface that is not there is named beside those that are`() throws {
        let error = failure(LiveCaptureOptions(interface: "nope0"))
        #expect(error?.kind == .unavailable)
        #expect(error?.description.contains("no interface \"nope0\"") == true)
        #expect(error?.description.contains(try CaptureInterface.loopback()) == true)
    }

    @Test func `a filter that is not valid is refused before anything is captured`() {
        let error = failure(LiveCaptureOptions(filter: "tcp prot 80"))
        #expect(error?.kind == .usage)
    }

    @Test func `loopback is among the interfaces and may be captured on`() throws {
        let loopback = try #require(try CaptureInterface.all().first(where: \.isLoopback))
        #expect(loopback.isUp)
        #expect(loopback.addresses.contains("127.0.0.1"))
        #expect(loopback.obstacle() == nil)
    }

    private func failure(_ options: LiveCaptureOptions) -> CaptureError? {
        #expect(throws: CaptureError.self) { _ = try LiveCapture(options) }
    }

    /// The control bits of an Ethernet, IPv4 and TCP frame.
    private func flags(of frame: [UInt8]) -> UInt8? {
        let offset = 14 + 20 + 13
        return frame.count > offset ? frame[offset] : nil
    }

    private func contains(_ text: String, in bytes: [UInt8]) -> Bool {
        bytes.suffix(text.utf8.count).elementsEqual(text.utf8)
    }
}
