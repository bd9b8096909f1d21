import Support

/// Bytes of one direction, made of pieces that matter to a parser and then damaged.
struct RandomTraffic {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    private static let pieces: [String] = [
        "GET / HTTP/1.1\r\n", "POST /a?b HTTP/1.1\n", "HEAD /", "FOO /x HTTP/1.1\r\n",
        "PUT  /  HTTP/2 \r\n", "CONNECT a:1 HTTP/1.1\r\n", "GET /\r\n", "OPTIONS * HTTP/1.0\r",
        "PRI * HTTP/2.0\r\n", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 204\n", "HTTP/1.0 100 x\r\n",
        "HTTP/1.1 304 \r\n", "HTTP/9 2OO\r\n", "HTTP/1.1 101 Up\r\n", "HTTP", "H", "\r\n", "\n",
        "\r", "\r\n\r\n", "\n\n", " ", "\t", ":", ";", "0\r\n", "5\r\n", "hello", "A;x=y\r\n",
        "Host: a\r\n", "Connection: close\r\n", "Upgrade: h2c\r\n", "Host: a/b\r\n",
        "Transfer_Encoding: chunked\r\n", "5;a\rb\n", "GET http://b/ HTTP/1.1\r\n",
        "Content-Length:\t05\r\n", "5;x=01234567890123456789012345678901", "Content-Length: 5\r\n",
        "Content-Length : 3, 3\n", "Content-Length: -1\r\n",
        "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip\r\n", " folded\r\n", " \r\n",
        "X: \0\u{7F}\r\n", "no colon\n", "Connection: keep-alive\r\n", "5\r\nhello\r\n0\r\n\r\n",
        "0\r\nTrailer: x\r\n\r\n", "garbage", "\u{1}\u{2}", "é",
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "01234567890123456789012345678901",
    ]

    /// Up to some hundred bytes.
    mutating func bytes() -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 1...12, using: &generator) {
            if Int.random(in: 0..<12, using: &generator) == 0 {
                let count = Int.random(in: 1...40, using: &generator)
                for _ in 0..<count { bytes.append(UInt8.random(in: 0...255, using: &generator)) }
            } else if let piece = Self.pieces.randomElement(using: &generator) {
                bytes += piece.utf8
            }
        }
        while Int.random(in: 0..<3, using: &generator) == 0 { damage(&bytes) }
        return bytes
    }

    private mutating func damage(_ bytes: inout [UInt8]) {
        guard let index = bytes.indices.randomElement(using: &generator) else { return }
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: index)
        default: bytes.insert(bytes[index], at: index)
        }
    }

    /// Some of these, for a choice in a test.
    mutating func choice<Element>(_ elements: [Element], else fallback: Element) -> Element {
        elements.randomElement(using: &generator) ?? fallback
    }

    /// `bytes` cut at random places.
    mutating func cuts(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...max(1, min(rest.count, 30)), using: &generator)
            pieces.append(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        return pieces
    }
}
