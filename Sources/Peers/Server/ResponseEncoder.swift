/// Writes answers as bytes.
package struct ResponseEncoder: Sendable, Hashable {
    /// How they are written.
    package let wire: WireMode
    /// The server's address, which the report's server names as its software.
    package let address: String

    /// Creates an encoder.
    package init(wire: WireMode, address: String = "127.0.0.1") {
        self.wire = wire
        self.address = address
    }

    /// The interim response that asks for the content (RFC 9110 §15.2.1).
    package static let `continue` = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

    /// The bytes of `answer`.
    ///
    /// - Parameters:
    ///   - answer: what is to be said.
    ///   - version: the version of the request, which the report's server echoes.
    ///   - isHead: whether the request asks for the head alone.
    ///   - isSimple: whether the request has no version and gets no head (HTTP/0.9).
    ///   - closes: whether the connection ends with this response.
    ///   - time: the moment for the Date field.
    /// - Returns: the response, up to the pieces of content that are not in memory.
    package func encode(
        _ answer: Answer,
        version: [UInt8],
        isHead: Bool = false,
        isSimple: Bool = false,
        closes: Bool,
        at time: WallTime
    ) -> [UInt8] {
        switch wire {
        case .report: encodeReport(answer, version: version, at: time)
        case .standard where isSimple: answer.bytes
        case .standard: encodeStandard(answer, isHead: isHead, closes: closes, at: time)
        }
    }

    private func encodeReport(_ answer: Answer, version: [UInt8], at time: WallTime) -> [UInt8] {
        var bytes = Self.isEchoed(version) ? version : Array("HTTP/1.1".utf8)
        bytes += " \(answer.status.reportLine)\n".utf8
        bytes += "Date: \(time.reportDate)\nServer: \(address)\n\n".utf8
        return bytes + (answer.file ?? [])
    }

    /// Whether a version is written back: only what cannot break the status line.
    private static func isEchoed(_ version: [UInt8]) -> Bool {
        (1...16).contains(version.count) && version.allSatisfy { (0x21...0x7E).contains($0) }
    }

    private func encodeStandard(
        _ answer: Answer,
        isHead: Bool,
        closes: Bool,
        at time: WallTime
    ) -> [UInt8] {
        let status = answer.status
        let content = isHead ? [] : answer.bytes
        var head: [UInt8] = []
        head.reserveCapacity(256 + answer.fieldLines.count + content.count)
        head += "HTTP/1.1 ".utf8
        head.append(decimal: status.rawValue)
        head.append(.space)
        head += status.reason.utf8
        head += "\r\nDate: ".utf8
        time.appendIMFFixdate(to: &head)
        head += "\r\nServer: httptrace-server\r\n".utf8
        if status == .methodNotAllowed {
            head += "Allow: \(answer.allowedMethods.joined(separator: ", "))\r\n".utf8
        }
        if !status.isWithoutContent {
            head += "Content-Type: ".utf8
            head += answer.mediaType.utf8
            // A browser keeps to the type, whatever the content looks like (Fetch Standard §3.7).
            head += "\r\nX-Content-Type-Options: nosniff\r\nContent-Length: ".utf8
            head.append(decimal: answer.contentLength)
            head += "\r\n".utf8
        }
        head += answer.fieldLines
        head += closes ? "Connection: close\r\n\r\n".utf8 : "Connection: keep-alive\r\n\r\n".utf8
        head += content
        return head
    }
}

extension Answer {
    /// The content behind the head of the standard form, without ``pieces``.
    fileprivate var bytes: [UInt8] {
        switch content {
        case .explanation:
            status.isWithoutContent ? [] : Array("\(status.rawValue): \(explanation)\n".utf8)
        case .bytes(let bytes): bytes
        case .pieces: []
        }
    }

    /// What follows the encoded bytes.
    var pieces: [ContentPiece] {
        if case .pieces(let pieces) = content { pieces } else { [] }
    }

    fileprivate var contentLength: Int {
        switch content {
        case .explanation, .bytes: bytes.count
        case .pieces(let pieces): pieces.reduce(0) { $0 + $1.count }
        }
    }
}

extension Array<UInt8> {
    /// Appends a number that is not negative.
    fileprivate mutating func append(decimal value: Int) {
        guard value >= 10 else { return append(UInt8(0x30 + value)) }
        append(decimal: value / 10)
        append(UInt8(0x30 + value % 10))
    }
}
