import Bytes

extension ProtocolVersion {
    /// Reads a version token: `HTTP/digit.digit`, or `HTTP/digit` for the versions that are written
    /// so, from 2 on.
    init(_ token: Span<UInt8>) {
        guard token.starts(with: "HTTP/"), token.count == 6 || token.count == 8,
            token[5].isDigit
        else {
            self = .invalid
            return
        }
        let major = token[5] & 0xF
        if token.count == 6 {
            self = major > 1 ? .other(major: major) : .invalid
        } else if token[6] == 0x2E, token[7].isDigit {
            self = major == 1 ? .http1(minor: token[7] & 0xF) : .other(major: major)
        } else {
            self = .invalid
        }
    }
}
