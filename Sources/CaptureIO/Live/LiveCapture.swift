internal import CPcap
package import Packets

/// A capture of the frames that cross an interface now, by libpcap.
///
/// It is effective when the initialiser returns: a frame sent after it is captured, and can be read
/// within a tenth of a second. On loopback, where the kernel shows each frame as sent and as
/// received, it is captured once.
package struct LiveCapture: ~Copyable {
    /// The most frames that one read lends, so that a flood cannot keep its caller from other work.
    private static let mostFramesAtOnce: Int32 = 16_384

    /// The interface's name.
    package let interfaceName: String
    /// The most bytes of a frame that are captured.
    package let snapshotLength: Int
    /// The expression that chooses the frames; `nil` where all are wanted.
    private let filter: String?
    /// How the frames begin.
    package let linkType: LinkType
    /// Digits of a second that the times have: 9, or 6 where the system knows no more.
    package let timestampDigits: UInt8
    /// Whether the system refuses to show frames that are for other machines, which were wanted.
    package var isPromiscuityRefused: Bool { handle.isPromiscuityRefused }
    /// Whether the interface carries only this machine's traffic with itself.
    package let isLoopback: Bool
    /// Ends the waiting in ``read(waitingAtMost:_:)`` from elsewhere.
    package let interrupter: Interrupter
    /// How late a frame can be read after it came, in milliseconds: the kernel hands frames out in
    /// blocks, and a block once it is full or so old.
    package let greatestDelay: Int
    /// The number of frames lent so far.
    package private(set) var framesRead = 0

    private let handle: PcapHandle
    let descriptor: Int32
    /// The kernel's counts when the capture began.
    private let countsAtStart: pcap_stat

    /// Opens the interface and begins to capture.
    ///
    /// - Throws: what keeps this user from capturing there, and
    ///   ``CaptureError/invalidFilter(expression:reason:)``.
    package init(_ options: LiveCaptureOptions) throws(CaptureError) {
        try self.init(options, Interrupter(for: options.interface ?? "loopback"))
    }

    /// Does the same with an interrupter that others may have too.
    init(_ options: LiveCaptureOptions, _ interrupter: Interrupter) throws(CaptureError) {
        let name: String
        if let interface = options.interface {
            name = interface
        } else {
            name = try CaptureInterface.loopback()
        }
        let isLoopback = try CaptureInterface.isLoopback(name)
        var options = options
        // There it would change nothing: these see everything.
        if isLoopback || name == "any" { options.isPromiscuous = false }
        let handle: PcapHandle
        do throws(PcapFailure) {
            handle = try PcapHandle.capturing(on: name, options)
        } catch {
            throw CaptureError(error, interface: name)
        }
        try handle.filter(options.filter, isLoopback: isLoopback, name)
        countsAtStart = handle.clearedOfEarlierFrames()
        descriptor = unsafe pcap_get_selectable_fd(handle.pointer)
        linkType = handle.linkType
        snapshotLength = unsafe Int(pcap_snapshot(handle.pointer))
        let precision = unsafe pcap_get_tstamp_precision(handle.pointer)
        timestampDigits = precision == PCAP_TSTAMP_PRECISION_NANO ? 9 : 6
        interfaceName = name
        self.isLoopback = isLoopback
        filter = options.filter
        // The kernel's timer may find a block that is too young by a moment, and come again.
        greatestDelay = 2 * options.timeout
        self.interrupter = interrupter
        self.handle = handle
    }

    /// What a file says of the interface.
    package var interface: CapturedInterface {
        CapturedInterface(
            linkType: linkType,
            snapshotLength: snapshotLength,
            name: interfaceName,
            filter: filter,
            timestampDigits: timestampDigits
        )
    }

    /// Waits at most `milliseconds` for frames and lends what is there, in the order of arrival.
    ///
    /// The bytes are gone when `body` returns.
    ///
    /// - Returns: how many frames were lent; 0 after the time, or when ``interrupter`` was used.
    /// - Throws: ``CaptureError/interfaceLost(name:reason:)``.
    package mutating func read(
        waitingAtMost milliseconds: Int,
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> Int {
        let lent = try lend(body)
        guard lent == 0, milliseconds > 0, !interrupter.isInterrupted else { return lent }
        interrupter.wait(for: [descriptor], milliseconds: milliseconds)
        return try lend(body)
    }

    /// Does the same for frames that came before the capture was interrupted or the interface lost,
    /// which ``greatestDelay`` may keep from being read at once.
    package mutating func readLast(
        waitingAtMost milliseconds: Int,
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> Int {
        interrupter.waitOn([descriptor], milliseconds: milliseconds)
        return try lend(body)
    }

    /// Whether every frame that the kernel has counted and not dropped was lent.
    package var hasLentAll: Bool {
        let counts = statistics()
        return framesRead >= counts.received - counts.droppedByKernel
    }

    /// What the kernel counted since the capture began, modulo 2^32.
    package func statistics() -> CaptureStatistics {
        guard let counts = handle.counts else { return CaptureStatistics() }
        return CaptureStatistics(
            received: Int(counts.ps_recv &- countsAtStart.ps_recv),
            droppedByKernel: Int(counts.ps_drop &- countsAtStart.ps_drop),
            droppedByInterface: Int(counts.ps_ifdrop &- countsAtStart.ps_ifdrop)
        )
    }

    private mutating func lend(
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> Int {
        let before = framesRead
        let nanosecondsPerUnit: Int64 = timestampDigits == 9 ? 1 : 1000
        let code = withoutActuallyEscaping(body) { body in
            var lending = Lending(
                framesRead: framesRead,
                linkType: linkType,
                digits: timestampDigits,
                nanosecondsPerUnit: nanosecondsPerUnit,
                body: body
            )
            let code = unsafe withUnsafeMutablePointer(to: &lending) { context in
                unsafe context.withMemoryRebound(to: UInt8.self, capacity: 1) { bytes in
                    unsafe pcap_dispatch(
                        handle.pointer,
                        Self.mostFramesAtOnce,
                        lendFrame,
                        bytes
                    )
                }
            }
            framesRead = lending.framesRead
            return code
        }
        guard code >= 0 || code == PCAP_ERROR_BREAK else {
            throw .interfaceLost(name: interfaceName, reason: handle.failure(code).message)
        }
        return framesRead - before
    }
}

/// What the function that libpcap calls needs to lend a frame.
private struct Lending {
    var framesRead: Int
    let linkType: LinkType
    let digits: UInt8
    let nanosecondsPerUnit: Int64
    let body: (Frame, Span<UInt8>) -> Void
}

/// Lends one frame; called by `pcap_dispatch` with a pointer to a ``Lending`` as its context.
private func lendFrame(
    _ context: UnsafeMutablePointer<UInt8>?,
    _ header: UnsafePointer<pcap_pkthdr>?,
    _ bytes: UnsafePointer<UInt8>?
) {
    guard let context = unsafe context, let header = unsafe header?.pointee else { return }
    let captured = unsafe UnsafeBufferPointer(start: bytes, count: Int(header.caplen))
    unsafe context.withMemoryRebound(to: Lending.self, capacity: 1) { pointer in
        unsafe pointer.pointee.framesRead += 1
        let lending = unsafe pointer.pointee
        let fraction = Int64(header.ts.tv_usec) &* lending.nanosecondsPerUnit
        let frame = Frame(
            number: lending.framesRead,
            timestamp: Timestamp(
                nanoseconds: Int64(header.ts.tv_sec) &* 1_000_000_000 &+ fraction,
                digits: lending.digits
            ),
            originalLength: Int(header.len),
            linkType: lending.linkType
        )
        unsafe lending.body(frame, captured.span)
    }
}
