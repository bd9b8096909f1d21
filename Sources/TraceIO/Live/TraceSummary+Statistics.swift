import CaptureIO
import Trace

extension TraceSummary {
    /// Takes over how many frames a capture lost, and where.
    mutating func note(_ statistics: CaptureStatistics) {
        let lost = [
            "by the kernel": statistics.droppedByKernel,
            "by the interface": statistics.droppedByInterface,
            "because the analysis fell behind": statistics.droppedByAnalysis,
        ]
        lostFrames.merge(lost.filter { $0.value > 0 }) { $1 }
    }
}
