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

    /// Takes over the contents of capture files beside the frames.
    mutating func add(_ description: CaptureDescription) {
        if let statistics = description.statistics { note(statistics) }
        let lost = description.droppedBetweenFrames
        if lost > 0 { lostFrames["between frames"] = lost }
        comments = description.comments.map { Comment(frame: $0.frame, text: $0.text) }
        commentsLeftOut = description.commentsLeftOut
        clock = description.clock
        joints = description.joints
        jointCount = description.jointCount
    }
}
