internal import Packets
internal import Trace

// What the summary says of the files: their clocks, and where one was joined to another.
extension JSONLinesRenderer {
    static func append(_ faults: ClockFaults, to buffer: inout OutputBuffer) {
        buffer.append(",\"clock\":{\"framesWithoutTime\":")
        buffer.append(faults.framesWithoutTime)
        buffer.append(",\"stepsBack\":")
        buffer.append(faults.stepsBack)
        if let step = faults.farthest {
            buffer.append(",\"farthest\":{\"before\":")
            buffer.append(step.before)
            buffer.append(",\"frame\":")
            buffer.append(step.frame)
            buffer.append(",\"seconds\":")
            buffer.append(seconds: step.distance)
            buffer.append("}")
        }
        if let wrong = faults.wrongUnit {
            buffer.append(",\"wrongUnit\":{\"count\":")
            buffer.append(wrong.count)
            buffer.append(",\"firstFrame\":")
            buffer.append(wrong.firstFrame)
            if wrong.areNanoseconds { buffer.append(",\"readAs\":\"nanoseconds\"") }
            buffer.append("}")
        }
        buffer.append("}")
    }

    static func append(joints: [Int], to buffer: inout OutputBuffer) {
        buffer.append(",\"joinedAt\":[")
        for (index, joint) in joints.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            buffer.append(joint)
        }
        buffer.append("]")
    }
}
