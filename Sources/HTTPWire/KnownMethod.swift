import Bytes

/// The methods that are registered (RFC 9110 §16.1.1), and others that are in use.
enum KnownMethod {
    /// Whether `word` is one of them, and not a piece of one.
    static func isOne(_ word: Span<UInt8>) -> Bool {
        for method in all where word.equals(method) { return true }
        return false
    }

    private static let all: [StaticString] = [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE", "QUERY",
        // WebDAV and its kin (RFC 4918, 3253, 3648, 3744, 4437, 4791, 5323, 5842).
        "PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", "SEARCH", "REPORT",
        "ACL", "MKCALENDAR", "VERSION-CONTROL", "BASELINE-CONTROL", "CHECKIN", "CHECKOUT",
        "UNCHECKOUT", "LABEL", "MERGE", "MKACTIVITY", "MKWORKSPACE", "UPDATE", "ORDERPATCH",
        "MKREDIRECTREF", "UPDATEREDIRECTREF", "BIND", "REBIND", "UNBIND", "LINK", "UNLINK",
        // UPnP, caches, and streaming.
        "SUBSCRIBE", "UNSUBSCRIBE", "NOTIFY", "M-SEARCH", "PURGE", "BAN", "SOURCE",
    ]
}
