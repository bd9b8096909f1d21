internal import Bytes

extension FileName {
    /// The path that names it in a target, percent-encoded.
    var target: String { text.percentEncodedPath }
}

// Names in targets (RFC 3986 §2.1 and §3.3).
extension String {
    /// The path below the root, with a slash in front.
    var percentEncodedPath: String { "/" + percentEncoded(but: "-._~!$&'()*+,;=:@/") }

    /// One segment of a path.
    var percentEncodedSegment: String { percentEncoded(but: "-._~!$&'()*+,;=:@") }

    private func percentEncoded(but plain: String) -> String {
        let plain = Array(plain.utf8)
        return utf8.reduce(into: "") { path, byte in
            if byte.isLetter || byte.isDigit || plain.contains(byte) {
                path.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                path += byte < 16 ? "%0" : "%"
                path += String(byte, radix: 16, uppercase: true)
            }
        }
    }
}
