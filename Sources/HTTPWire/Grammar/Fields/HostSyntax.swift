import Bytes

/// The grammar of a `Host` field and of a target that names a host (RFC 9110 §7.2, RFC 9112 §3.2).
enum HostSyntax {
    /// Whether `value` is a host with an optional port, or empty (RFC 3986 §3.2).
    static func isValid(_ value: Span<UInt8>) -> Bool {
        guard !value.isEmpty else { return true }
        guard let start = value[0] == 0x5B ? endOfLiteral(value) : 0 else { return false }
        var position = start
        if start == 0 {
            while position < value.count, value[position].isHostCharacter { position += 1 }
        }
        guard position < value.count else { return true }
        guard value[position] == .colon else { return false }
        for digit in position + 1..<value.count where !value[digit].isDigit { return false }
        return true
    }

    /// Whether `value` is a host and a port, as the target of CONNECT is (RFC 9112 §3.2.3).
    static func isHostWithPort(_ value: Span<UInt8>) -> Bool {
        let end = endOfName(value)
        return end > 0 && value.count > end + 1 && isValid(value)
    }

    /// The length of the scheme that `target` begins with, the colon excluded (RFC 3986 §3.1);
    /// `nil` where there is none.
    static func lengthOfScheme(_ target: Span<UInt8>) -> Int? {
        guard let first = target.isEmpty ? nil : target[0], first.isLetter else { return nil }
        for index in target.indices where !target[index].isSchemeCharacter {
            return target[index] == .colon ? index : nil
        }
        return nil
    }

    /// Whether `host` is that of the target, where the target has any: absolute form, and the
    /// host alone for CONNECT, as many clients leave the port out of Host.
    static func agrees(
        _ host: Span<UInt8>,
        withTarget target: Span<UInt8>,
        isConnect: Bool
    ) -> Bool {
        if isConnect {
            return areEqual(
                host.extracting(0..<endOfName(host)),
                target.extracting(0..<endOfName(target))
            )
        }
        guard let (start, port) = authority(of: target) else { return true }
        var end = start
        while end < target.count, !target[end].endsAuthority { end += 1 }
        var begin = start
        for index in start..<end where target[index] == 0x40 { begin = index + 1 }
        let named = target.extracting(begin..<end)
        return areEqual(
            host.extracting(0..<lengthWithoutPort(host, port)),
            named.extracting(0..<lengthWithoutPort(named, port))
        )
    }

    /// Where the authority of an absolute target begins, and the usual port of the scheme.
    private static func authority(of target: Span<UInt8>) -> (Int, StaticString)? {
        if target.count > 7, target.extracting(0..<7).equalsIgnoringCase("http://") {
            return (7, ":80")
        }
        if target.count > 8, target.extracting(0..<8).equalsIgnoringCase("https://") {
            return (8, ":443")
        }
        guard let colon = lengthOfScheme(target), target.starts(with: "://", at: colon) else {
            return nil
        }
        return (colon + 3, "")
    }

    /// The length without `port` at the end, or without a colon that no port follows.
    private static func lengthWithoutPort(_ host: Span<UInt8>, _ port: StaticString) -> Int {
        let length = port.utf8CodeUnitCount
        if host.count > length, host.starts(with: port, at: host.count - length) {
            return host.count - length
        }
        return host.count > 1 && host[host.count - 1] == .colon ? host.count - 1 : host.count
    }

    /// Whether two hosts are the same, letters of either case taken as equal.
    private static func areEqual(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
        guard one.count == other.count else { return false }
        for index in one.indices {
            let isSame =
                one[index] == other[index]
                || one[index].isLetter && one[index] | 0x20 == other[index] | 0x20
            guard isSame else { return false }
        }
        return true
    }

    /// Where the host ends and the port, if any, begins.
    private static func endOfName(_ value: Span<UInt8>) -> Int {
        var index = value.count
        while index > 0, value[index - 1].isDigit { index -= 1 }
        return index > 0 && value[index - 1] == .colon ? index - 1 : value.count
    }

    /// Where an address in brackets ends; `nil` where no end is found.
    private static func endOfLiteral(_ value: Span<UInt8>) -> Int? {
        var index = 1
        while index < value.count, value[index] != 0x5D {
            guard value[index].isHostCharacter || value[index] == .colon else { return nil }
            index += 1
        }
        return index > 1 && index < value.count ? index + 1 : nil
    }
}

extension UInt8 {
    /// A character of a host's name (RFC 3986 §3.2.2): letters, digits and `!$%&'()*+,-.;=_~`.
    ///
    /// One bit for each character below 128.
    fileprivate var isHostCharacter: Bool {
        let word: UInt64 = self < 64 ? 0x2BFF_7FF2_0000_0000 : 0x47FF_FFFE_87FF_FFFE
        return self < 128 && word >> (self & 63) & 1 == 1
    }

    /// A character of a scheme's name (RFC 3986 §3.1).
    fileprivate var isSchemeCharacter: Bool {
        isLetter || isDigit || self == 0x2B || self == 0x2D || self == 0x2E
    }

    /// Whether the authority of a URI ends in front of this byte (RFC 3986 §3.2).
    fileprivate var endsAuthority: Bool { self == 0x2F || self == 0x3F || self == 0x23 }
}
