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
    /// - Returns: the whole response.
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
        case .standard where isSimple: answer.content
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
        var head = "HTTP/1.1 \(status.rawValue) \(status.reason)\r\n"
        head += "Date: \(time.imfFixdate)\r\nServer: httptrace-server\r\n"
        if status == .methodNotAllowed {
            head += "Allow: \(FileService.methods.joined(separator: ", "))\r\n"
        }
        var content: [UInt8] = []
        // A 204 has neither content nor a length (RFC 9110 §8.6).
        if status != .noContent {
            content = answer.content
            head += "Content-Type: text/plain; charset=utf-8\r\n"
            head += "Content-Length: \(content.count)\r\n"
        }
        head += "Connection: \(closes ? "close" : "keep-alive")\r\n\r\n"
        return Array(head.utf8) + (isHead ? [] : content)
    }
}

extension Answer {
    /// What stands behind the head of the standard form.
    fileprivate var content: [UInt8] {
        file ?? Array("\(status.rawValue): \(explanation)\n".utf8)
    }
}
