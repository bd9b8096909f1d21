internal import Bytes

/// The hosts that a server answers as, by what browsers write into `Host`.
///
/// To a browser, a name that is resolved to a loopback address, though it is somebody else's, has
/// the server for its own (DNS rebinding): the `Host` field alone tells it. An address needs no
/// resolver, and `localhost` asks none (RFC 6761 §6.3), so both are what they say.
package struct ServedHosts: Sendable, Hashable {
    private enum Addresses: Sendable, Hashable {
        case loopback
        case all
    }

    private let addresses: Addresses
    private let names: Set<[UInt8]>
    private let isEverything: Bool

    /// Every host, for who does not listen on a network.
    package static let everything = ServedHosts(addresses: .all, names: [], isEverything: true)

    /// The hosts of a server that listens on `address`: loopback's addresses where it is one of
    /// them, else any address, and these names in either case.
    package init(listeningOn address: String, names: [String] = []) {
        let own = Self.host(of: Array(address.utf8)[...])
        let hasLoopback = Self.isLocalName(own) || Self.isLoopbackAddress(own)
        self.init(
            addresses: hasLoopback ? .loopback : .all,
            names: Set(names.map { Self.host(of: Array($0.utf8)[...]) } + [own]),
            isEverything: false
        )
    }

    private init(addresses: Addresses, names: Set<[UInt8]>, isEverything: Bool) {
        self.addresses = addresses
        self.names = names
        self.isEverything = isEverything
    }

    /// Whether `authority`, a host with or without a port, is one of them.
    package func contains(_ authority: ArraySlice<UInt8>) -> Bool {
        if isEverything { return true }
        let host = Self.host(of: authority)
        if Self.isLocalName(host) || names.contains(host) { return true }
        switch addresses {
        case .loopback: return Self.isLoopbackAddress(host)
        case .all: return Self.isAddress(host)
        }
    }

    /// The host without port and final dot, in lower case; an address of IPv6 without its brackets.
    private static func host(of authority: ArraySlice<UInt8>) -> [UInt8] {
        let port = authority.reversed().prefix(while: \.isDigit).count
        var host = authority.dropLast(port)
        if host.last == .colon, host.first == openingBracket || !host.dropLast().contains(.colon) {
            host.removeLast()
        } else {
            host = authority
        }
        if host.first == openingBracket, host.last == closingBracket {
            host = host.dropFirst().dropLast()
        }
        if host.last == dot { host.removeLast() }
        return host.map { $0.isLetter ? $0 | 0x20 : $0 }
    }

    private static func isLocalName(_ host: [UInt8]) -> Bool {
        host.elementsEqual("localhost".utf8) || host.suffix(10).elementsEqual(".localhost".utf8)
    }

    /// What ends in a number is an address to every browser, and never a name (URL Standard §3.5).
    private static func isAddress(_ host: [UInt8]) -> Bool {
        guard host.contains(.colon) else {
            return !host.isEmpty && host.allSatisfy { $0.isDigit || $0 == dot }
        }
        return host.allSatisfy { $0.hexadecimalValue != nil || $0 == .colon || $0 == dot }
    }

    private static func isLoopbackAddress(_ host: [UInt8]) -> Bool {
        guard isAddress(host) else { return false }
        guard host.contains(.colon) else { return host.starts(with: "127.".utf8) }
        // `::1` however it is written, and addresses of IPv4 within it.
        let mapped = ["::ffff:127.", "::ffff:7f"]
        return mapped.contains { host.starts(with: $0.utf8) }
            || host.last == one && host.dropLast().allSatisfy { $0 == zero || $0 == .colon }
    }

    private static let openingBracket = UInt8(ascii: "[")
    private static let closingBracket = UInt8(ascii: "]")
    private static let dot = UInt8(ascii: ".")
    private static let zero = UInt8(ascii: "0")
    private static let one = UInt8(ascii: "1")
}
