import CaptureIO
import Packets

/// A capture file, damaged or not: its frames come in order and within their limits, and the same
/// ones a second time.
struct FileInput {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func check() {
        let first = frames()
        require(first == frames(), "the file is not read the same a second time")
        for (index, frame) in first.enumerated() {
            require(frame.description.number == index + 1, "frame \(index + 1) is misnumbered")
            require(frame.description.originalLength >= 0, "a frame of negative length")
        }
    }

    private struct ReadFrame: Hashable {
        var description: Frame
        var bytes: [UInt8]
    }

    private func frames() -> [ReadFrame] {
        var frames: [ReadFrame] = []
        _ = InputFile.read(bytes) { frame, bytes in
            let copy = unsafe bytes.withUnsafeBufferPointer { unsafe [UInt8]($0) }
            frames.append(ReadFrame(description: frame, bytes: copy))
        }
        return frames
    }
}
