internal import Bytes
internal import CaptureIO
internal import Packets
internal import Support

/// A frame as a reader lent it.
struct LentFrame: Hashable {
    var frame: Frame
    var bytes: [UInt8]
}

/// What came of reading a file to its end.
struct Reading {
    var frames: [LentFrame] = []
    var description = CaptureDescription()
    var errors: [CaptureError] = []
    var framesRead = 0

    /// The first of the errors.
    var error: CaptureError? { errors.first }

    init(path: String) {
        do throws(CaptureError) {
            var file = try CaptureFile(path: path)
            while readOn(&file) {}
            description = file.description
            framesRead = file.framesRead
        } catch {
            errors.append(error)
        }
    }

    /// Reads the next piece; answers whether there may be more.
    private mutating func readOn(_ file: inout CaptureFile) -> Bool {
        var lent: [LentFrame] = []
        defer { frames += lent }
        do throws(CaptureError) {
            return try file.read { frame, bytes in
                lent.append(LentFrame(frame: frame, bytes: [UInt8](copying: bytes)))
            }
        } catch {
            errors.append(error)
            return !file.isAtEnd
        }
    }

    init(_ bytes: [UInt8]) throws {
        let file = try TemporaryFile(bytes)
        self.init(path: file.path)
    }

    /// The file offset, frame number and damage of the error, if it is about damage.
    var damage: (offset: Int, frame: Int, damage: FileDamage)? {
        guard case .damaged(_, let offset, _, let frame, let damage, _) = error else { return nil }
        return (offset, frame, damage)
    }
}

/// What a reader should lend for `frames`; times of microseconds have 6 digits.
func expected(_ frames: [BuiltFrame], digits: UInt8) -> [LentFrame] {
    frames.enumerated().map { index, built in
        var frame = built.frame(number: index + 1)
        frame.timestamp.digits = digits
        return LentFrame(frame: frame, bytes: built.bytes)
    }
}

/// Three frames of different lengths, one of them cut, at whole microseconds.
var threeFrames: [BuiltFrame] {
    [(60, 60), (1514, 1514), (97, 3000)].enumerated().map { index, lengths in
        BuiltFrame(
            bytes: (0..<lengths.0).map { UInt8(truncatingIfNeeded: $0 + index) },
            timestamp: Timestamp(
                nanoseconds: 1_700_000_000_123_456_000 + Int64(index) * 1_000_000_000
            ),
            originalLength: lengths.1
        )
    }
}
