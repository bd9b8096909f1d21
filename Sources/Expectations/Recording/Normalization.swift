internal import Bytes
package import Trace

/// What differs between two runs of the same traffic, replaced by wildcards: ports of the connection
/// and times.
package struct Normalization: Sendable {
    /// A port with fewer digits may be a part of a time or a version.
    private static let leastPort: UInt16 = 100

    private let ports: [[UInt8]]

    /// Gets ready for the messages of `exchange`.
    package init(_ exchange: Exchange) {
        ports = [exchange.server.port, exchange.client.port]
            .filter { $0 >= Self.leastPort }
            .map { Array(":\($0)".utf8) }
    }

    /// `bytes` with wildcards in place of `:8080`, `Tue, 24 Nov 2026 00:18:48 GMT` and
    /// `2026-11-24T00:18:48Z`.
    package func pattern(_ bytes: ArraySlice<UInt8>) -> TextPattern {
        var elements: [UInt8?] = []
        var rest = bytes
        while let first = rest.first {
            if let length = Self.dateLength(rest) {
                elements.append(nil)
                rest = rest.dropFirst(length)
            } else if let port = port(rest) {
                elements += [.colon, nil]
                rest = rest.dropFirst(port.count)
            } else {
                elements.append(first)
                rest = rest.dropFirst()
            }
        }
        return TextPattern(elements: elements)
    }

    private func port(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        guard bytes.first == .colon else { return nil }
        return ports.first { port in
            bytes.starts(with: port) && bytes.dropFirst(port.count).first?.isDigit != true
        }
    }

    /// The forms of dates, `0` being a digit, `A` and `a` letters: RFC 9110 §5.6.7 and RFC 3339.
    private static let forms = (
        header: Array("Aaa, 00 Aaa 0000 00:00:00 ".utf8), rfc3339: Array("0000-00-00T00:00:00".utf8)
    )

    /// How long the date is that `bytes` begin with, if they begin with one.
    private static func dateLength(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = bytes.first else { return nil }
        if first.isDigit {
            guard has(forms.rfc3339, bytes) else { return nil }
            let rest = bytes.dropFirst(forms.rfc3339.count)
            return forms.rfc3339.count
                + rest.prefix { $0.isDigit || [0x2B, 0x2D, 0x2E, 0x3A, 0x5A].contains($0) }.count
        }
        guard first.isLetter, has(forms.header, bytes) else { return nil }
        return forms.header.count
            + bytes.dropFirst(forms.header.count).prefix { $0.isLetter }.count
    }

    private static func has(_ form: [UInt8], _ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count >= form.count else { return false }
        for (form, byte) in zip(form, bytes) {
            let isFit =
                switch form {
                case UInt8(ascii: "0"): byte.isDigit
                case UInt8(ascii: "A"), UInt8(ascii: "a"): byte.isLetter
                default: byte == form
                }
            guard isFit else { return false }
        }
        return true
    }

    /// Fields that differ from one run to the next although nothing has changed; in lower case.
    package static let volatileFields: Set<String> = [
        "age", "cf-ray", "date", "etag", "expires", "last-modified", "server-timing", "traceparent",
        "tracestate", "x-amzn-requestid", "x-amzn-trace-id", "x-cloud-trace-context",
        "x-correlation-id", "x-request-id", "x-response-time", "x-runtime", "x-trace-id",
    ]
}
