import Bytes

extension LineEnding {
    /// Reads how the line ends that lies at `line` in `bytes`.
    init(of line: Range<Int>, in bytes: [UInt8]) {
        let last = line.upperBound - 1
        guard !line.isEmpty, bytes[last] == .lineFeed else {
            self = .none
            return
        }
        self = line.count > 1 && bytes[last - 1] == .carriageReturn ? .crlf : .lineFeed
    }

    /// The length of the line end in bytes.
    package var length: Int {
        switch self {
        case .crlf: 2
        case .lineFeed: 1
        case .none: 0
        }
    }
}
