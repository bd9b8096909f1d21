import Bytes

/// The methods that are registered (RFC 9110 §16.1.1), and others that are in use.
enum KnownMethod {
    /// Whether `word` is one of them, and not a piece of one.
    static func isOne(_ word: Span<UInt8>) -> Bool {
        for method in all where word.equals(method) { return true }
        return false
    }

    /// Whether `line`, as far as read, may begin with one of them and a space.
    static func mayBegin(_ line: Span<UInt8>) -> Bool {
        let word = line.extracting(0..<(line.firstIndex(of: .space) ?? line.count))
        if word.count < line.count { return isOne(word) }
        for method in all where word.isPrefix(of: method) { return true }
        return false
    }

    private static let all: [StaticString] = [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE", "QUERY",
        // WebDAV and its kin (RFC 4918, 3253, 3648, 3744, 4437, 4791, 5323, 5842).
        "PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", "SEARCH", "REPORT",
        "ACL", "MKCALENDAR", "VERSION-CONTROL", "BASELINE-CONTROL", "CHECKIN", "CHECKOUT",
        "UNCHECKOUT", "LABEL", "MERGE", "MKACTIVITY", "MKWORKSPACE", "UPDATE", "ORDERPATCH",
        "BCOPY", "BDELETE", "BMOVE", "BPROPFIND", "BPROPPATCH",
        "MKREDIRECTREF", "UPDATEREDIRECTREF", "BIND", "REBIND", "UNBIND", "LINK", "UNLINK",
        // UPnP, caches, and streaming.
        "SUBSCRIBE", "UNSUBSCRIBE", "NOTIFY", "M-SEARCH", "PURGE", "BAN", "SOURCE",
    ]
}

extension Span<UInt8> {
    /// Whether `word` begins with these bytes.
    fileprivate func isPrefix(of word: StaticString) -> Bool {
        guard count <= word.utf8CodeUnitCount else { return false }
        for index in indices where unsafe self[index] != word.utf8Start[index] { return false }
        return true
    }
}
