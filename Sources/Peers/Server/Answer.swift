/// What the server says to one request, before it takes the form of the wire.
package struct Answer: Sendable, Hashable {
    /// What an answer brings besides its head.
    package enum Content: Sendable, Hashable {
        /// The explanation, where the status has content at all.
        case explanation
        /// These bytes.
        case bytes([UInt8])
        /// These pieces, one after the other.
        case pieces([ContentPiece])
    }

    /// The status.
    package var status: AnswerStatus
    /// What is sent back.
    package var content: Content
    /// One sentence for whoever sent the request, where there is no file; the report's server sent
    /// none, so only ``WireMode/standard`` shows it.
    package var explanation: String
    /// The media type of the content.
    package var mediaType = FileMediaType.text
    /// The methods that a 405 names as allowed.
    package var allowedMethods = FileService.methods
    /// Further field lines of the standard form, each with its line end.
    package var fieldLines: [UInt8] = []

    /// Creates an answer without a file.
    package init(_ status: AnswerStatus, _ explanation: String = "") {
        self.status = status
        self.explanation = explanation
        content = .explanation
    }

    /// Creates the answer 200 with `file`.
    package init(file: [UInt8]) {
        self.init(.ok, content: .bytes(file))
    }

    /// Creates an answer with content of its own.
    package init(_ status: AnswerStatus, content: Content) {
        self.status = status
        self.content = content
        explanation = ""
    }

    /// The file that is sent back, where it is in memory; `nil` where none is.
    package var file: [UInt8]? {
        if case .bytes(let bytes) = content { bytes } else { nil }
    }

    /// Adds a field line to the standard form.
    mutating func add(_ name: String, _ value: String) {
        fieldLines += "\(name): \(value)\r\n".utf8
    }
}

/// A part of an answer's content.
package enum ContentPiece: Sendable, Hashable {
    /// Bytes in memory.
    case bytes([UInt8])
    /// A range of an open file, in bytes; never empty.
    case file(SharedFile, Range<Int>)

    /// Its length, in bytes.
    package var count: Int {
        switch self {
        case .bytes(let bytes): bytes.count
        case .file(_, let range): range.count
        }
    }
}

/// The status codes that the server uses (RFC 9110 §15, RFC 6585 §5, RFC 4918 §11.5).
package enum AnswerStatus: Int, Sendable, Hashable, CaseIterable {
    case ok = 200
    case created = 201
    case noContent = 204
    case partialContent = 206
    case movedPermanently = 301
    case notModified = 304
    case badRequest = 400
    case forbidden = 403
    case notFound = 404
    case methodNotAllowed = 405
    case requestTimeout = 408
    case lengthRequired = 411
    case preconditionFailed = 412
    case contentTooLarge = 413
    case targetTooLong = 414
    case unsupportedMediaType = 415
    case rangeNotSatisfiable = 416
    case misdirected = 421
    case headerSectionTooLarge = 431
    case internalError = 500
    case notImplemented = 501
    case unavailable = 503
    case versionNotSupported = 505
    case insufficientStorage = 507

    /// The reason phrase of RFC 9110.
    package var reason: String {
        switch self {
        case .ok: "OK"
        case .created: "Created"
        case .noContent: "No Content"
        case .partialContent: "Partial Content"
        case .movedPermanently: "Moved Permanently"
        case .notModified: "Not Modified"
        case .badRequest: "Bad Request"
        case .forbidden: "Forbidden"
        case .notFound: "Not Found"
        case .methodNotAllowed: "Method Not Allowed"
        case .requestTimeout: "Request Timeout"
        case .lengthRequired: "Length Required"
        case .preconditionFailed: "Precondition Failed"
        case .contentTooLarge: "Content Too Large"
        case .targetTooLong: "URI Too Long"
        case .unsupportedMediaType: "Unsupported Media Type"
        case .rangeNotSatisfiable: "Range Not Satisfiable"
        case .misdirected: "Misdirected Request"
        case .headerSectionTooLarge: "Request Header Fields Too Large"
        case .internalError: "Internal Server Error"
        case .notImplemented: "Not Implemented"
        case .unavailable: "Service Unavailable"
        case .versionNotSupported: "HTTP Version Not Supported"
        case .insufficientStorage: "Insufficient Storage"
        }
    }

    /// Whether a response with it has neither content nor a length (RFC 9110 §8.6).
    var isWithoutContent: Bool { self == .noContent || self == .notModified }

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
