import Bytes

/// The fields that no trailer section may have: those for framing, routing, modifying and
/// authenticating requests, controlling responses, and those that say how content is to be read
/// (RFC 9110 §6.5.1).
enum ForbiddenTrailer {
    private static let names: [StaticString] = [
        "Transfer-Encoding", "Content-Length", "Host", "Connection", "Upgrade", "TE", "Trailer",
        "Expect", "Range", "Max-Forwards", "Cache-Control", "If-Match", "If-None-Match",
        "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Authorization",
        "Proxy-Authorization", "WWW-Authenticate", "Proxy-Authenticate", "Cookie", "Set-Cookie",
        "Age", "Expires", "Date", "Location", "Retry-After", "Vary", "Warning",
        "Content-Encoding", "Content-Type", "Content-Range",
    ]

    static func contains(_ name: Span<UInt8>) -> Bool {
        for other in names where name.equalsIgnoringCase(other) { return true }
        return KnownFieldName(name)?.isFraming ?? false
    }
}
