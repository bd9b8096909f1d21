/// What the server says to one request, before it takes the form of the wire.
package struct Answer: Sendable, Hashable {
    /// The status.
    package var status: AnswerStatus
    /// The file that is sent back; `nil` where none is.
    package var file: [UInt8]?
    /// One sentence for whoever sent the request, where there is no file; the report's server sent
    /// none, so only ``WireMode/standard`` shows it.
    package var explanation: String

    /// Creates an answer without a file.
    package init(_ status: AnswerStatus, _ explanation: String = "") {
        self.status = status
        self.explanation = explanation
    }

    /// Creates the answer 200 with `file`.
    package init(file: [UInt8]) {
        status = .ok
        self.file = file
        explanation = ""
    }
}

/// The status codes that the server uses (RFC 9110 §15, RFC 6585 §5, RFC 4918 §11.5).
package enum AnswerStatus: Int, Sendable, Hashable, CaseIterable {
    case ok = 200
    case noContent = 204
    case badRequest = 400
    case forbidden = 403
    case notFound = 404
    case methodNotAllowed = 405
    case requestTimeout = 408
    case contentTooLarge = 413
    case targetTooLong = 414
    case headerSectionTooLarge = 431
    case internalError = 500
    case notImplemented = 501
    case versionNotSupported = 505
    case insufficientStorage = 507

    /// The reason phrase of RFC 9110.
    package var reason: String {
        switch self {
        case .ok: "OK"
        case .noContent: "No Content"
        case .badRequest: "Bad Request"
        case .forbidden: "Forbidden"
        case .notFound: "Not Found"
        case .methodNotAllowed: "Method Not Allowed"
        case .requestTimeout: "Request Timeout"
        case .contentTooLarge: "Content Too Large"
        case .targetTooLong: "URI Too Long"
        case .headerSectionTooLarge: "Request Header Fields Too Large"
        case .internalError: "Internal Server Error"
        case .notImplemented: "Not Implemented"
        case .versionNotSupported: "HTTP Version Not Supported"
        case .insufficientStorage: "Insufficient Storage"
        }
    }

    /// Status code and reason phrase as the report's server wrote them, stray spaces included.
    package var reportLine: String {
        switch self {
        case .notFound: "404 Error"
        case .noContent: "204 No content"
        case .methodNotAllowed: "405 Method Not Allowed "
        case .versionNotSupported: "505  HTTP version not supported"
        default: "\(rawValue) \(reason)"
        }
    }
}
