internal import Bytes
internal import HTTPWire

/// Who has a browser send a request: any web page can have one sent to a server that it knows.
///
/// A browser asks no leave for a form, nor for anything that a form could send; it says in field
/// lines that no page can change where a request comes from (Fetch Standard §3.2, Fetch Metadata
/// §2). What does not browse sends none of them.
struct RequestOrigin {
    private let head: MessageHead
    private let hosts: ServedHosts

    /// Methods by which no file changes (RFC 9110 §9.2.1).
    private static let safeMethods = ["GET", "HEAD", "OPTIONS", "TRACE"]

    init(of head: MessageHead, at hosts: ServedHosts) {
        self.head = head
        self.hosts = hosts
    }

    /// The answer to a request that a page of somebody else's may have caused, or `nil`.
    var refusal: Answer? {
        let named = values(of: "host") + [authorityOfTarget].compactMap(\.self)
        guard named.allSatisfy(hosts.contains) else { return Self.misdirected }
        return isChange && isForeign ? Self.foreign : nil
    }

    private static let misdirected = Answer(
        .misdirected,
        """
        This server does not answer as the host that the request names, but as localhost or by \
        its address: start it with --allow-host NAME where it is to have that name.
        """
    )

    private static let foreign = Answer(
        .forbidden,
        """
        A web page of another origin may not change files here. Who has no page, as curl, sends \
        none of Origin, Referer and Sec-Fetch-Site.
        """
    )

    private var isChange: Bool {
        let method = part(head.startLine.method)
        return !Self.safeMethods.contains { method.elementsEqual($0.utf8) }
    }

    private var isForeign: Bool {
        let sites = values(of: "sec-fetch-site")
        // `none` is what the user asked for, in the address line or by a bookmark.
        let own = ["same-origin", "none"]
        if !sites.allSatisfy({ site in own.contains { site.elementsEqual($0.utf8) } }) {
            return true
        }
        let origins = values(of: "origin")
        if !origins.isEmpty { return !origins.allSatisfy(isOwn) }
        // Browsers that say neither say this, unless the page forbids it.
        return sites.isEmpty && !values(of: "referer").allSatisfy(isOwn)
    }

    /// Whether a URL or an origin is this server's, by the host that the request names.
    private func isOwn(_ url: ArraySlice<UInt8>) -> Bool {
        guard let (scheme, authority) = Self.parts(of: url) else { return false }
        let usual: String
        switch scheme {
        case "http": usual = ":80"
        case "https": usual = ":443"
        default: return false
        }
        let origin = Self.bare(authority, usual)
        return !origin.isEmpty && values(of: "host").contains { Self.bare($0, usual) == origin }
    }

    /// An authority in lower case, without its scheme's usual port.
    private static func bare(_ authority: ArraySlice<UInt8>, _ port: String) -> [UInt8] {
        let hasPort = authority.suffix(port.utf8.count).elementsEqual(port.utf8)
        return authority.dropLast(hasPort ? port.utf8.count : 0)
            .map { $0.isLetter ? $0 | 0x20 : $0 }
    }

    /// What a target in absolute form names (RFC 9112 §3.2.2); it goes before `Host`.
    private var authorityOfTarget: ArraySlice<UInt8>? {
        let target = part(head.startLine.target)
        return target.first == UInt8(ascii: "/") ? nil : Self.parts(of: target)?.authority
    }

    /// Scheme and authority of a URL; `nil` where it has none.
    private static func parts(
        of url: ArraySlice<UInt8>
    ) -> (scheme: String, authority: ArraySlice<UInt8>)? {
        guard let colon = url.firstIndex(of: .colon),
            url[colon...].starts(with: "://".utf8)
        else { return nil }
        let ends = Array("/?#".utf8)
        let authority = url[colon...].dropFirst(3).prefix { !ends.contains($0) }
        let user = authority.lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 }
        let scheme = String(decoding: url[..<colon], as: UTF8.self).lowercased()
        return (scheme, authority[(user ?? authority.startIndex)...])
    }

    private func values(of name: StaticString) -> [ArraySlice<UInt8>] {
        head.fieldLines.filter { head.isNamed($0, name) }.map { part($0.value) }
    }

    private func part(_ range: Range<Int>) -> ArraySlice<UInt8> {
        range.upperBound <= head.bytes.count ? head.bytes[range] : []
    }

}
