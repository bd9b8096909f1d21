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

    /// How long the date is that `bytes` begin with, if they begin with one.
    private static func dateLength(_ bytes: ArraySlice<UInt8>) -> Int? {
        length(of: "Aaa, 00 Aaa 0000 00:00:00 ", bytes) { $0.isLetter }
            ?? length(of: "0000-00-00T00:00:00", bytes) { byte in
                byte.isDigit || [0x2B, 0x2D, 0x2E, 0x3A, 0x5A].contains(byte)
            }
    }

    /// How long the text is where it has this form, `0` being a digit and `A` or `a` a letter, with
    /// what may follow.
    private static func length(
        of form: StaticString,
        _ bytes: ArraySlice<UInt8>,
        then follows: (UInt8) -> Bool
    ) -> Int? {
        let form = Array("\(form)".utf8)
        let fits = zip(form, bytes).allSatisfy { form, byte in
            form == 0x30
                ? byte.isDigit : form.isLetter && form != 0x54 ? byte.isLetter : byte == form
        }
        guard bytes.count >= form.count, fits else { return nil }
        return form.count + bytes.dropFirst(form.count).prefix { follows($0) }.count
    }

    /// Fields that differ from one run to the next although nothing has changed; in lower case.
    package static let volatileFields: Set<String> = [
        "age", "cf-ray", "date", "etag", "expires", "last-modified", "server-timing", "traceparent",
        "tracestate", "x-amzn-requestid", "x-amzn-trace-id", "x-cloud-trace-context",
        "x-correlation-id", "x-request-id", "x-response-time", "x-runtime", "x-trace-id",
    ]
}
