/// How many frames a capture saw and how many it lost, by the counts of kernel and interface.
package struct CaptureStatistics: Sendable, Hashable {
    /// Frames that passed the filter; on Linux those that the kernel then dropped are among them.
    package var received: Int
    /// Frames lost because nobody took them from the kernel's buffer in time.
    package var droppedByKernel: Int
    /// Frames lost by the interface or its driver; 0 where the driver does not tell.
    package var droppedByInterface: Int
    /// Frames that were captured, and left out because their analysis was too far behind.
    package var droppedByAnalysis = 0

    /// Creates statistics; nothing received and nothing lost unless told.
    package init(received: Int = 0, droppedByKernel: Int = 0, droppedByInterface: Int = 0) {
        self.received = received
        self.droppedByKernel = droppedByKernel
        self.droppedByInterface = droppedByInterface
    }

    /// Frames lost on any way.
    package var dropped: Int { droppedByKernel &+ droppedByInterface &+ droppedByAnalysis }

    /// The sums of two captures' counts.
    package static func + (left: CaptureStatistics, right: CaptureStatistics) -> CaptureStatistics {
        CaptureStatistics(
            received: left.received.addingClamped(right.received),
            droppedByKernel: left.droppedByKernel.addingClamped(right.droppedByKernel),
            droppedByInterface: left.droppedByInterface.addingClamped(right.droppedByInterface)
        )
    }

    /// What was counted since an earlier moment of the same capture.
    static func - (now: CaptureStatistics, then: CaptureStatistics) -> CaptureStatistics {
        CaptureStatistics(
            received: max(0, now.received &- then.received),
            droppedByKernel: max(0, now.droppedByKernel &- then.droppedByKernel),
            droppedByInterface: max(0, now.droppedByInterface &- then.droppedByInterface)
        )
    }
}

extension FixedWidthInteger {
    /// The sum, or the nearest value that the type has: counts and times in files may be lies.
    func addingClamped(_ other: Self) -> Self {
        let (sum, overflow) = addingReportingOverflow(other)
        guard overflow else { return sum }
        return other < 0 ? .min : .max
    }
}
