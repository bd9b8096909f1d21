internal import Bytes

/// The report's file server: what it answers to a request, and what it does to the files.
package struct FileService: Sendable {
    /// The methods that it knows, in the order in which `Allow` names them.
    package static let methods = ["GET", "POST", "PUT", "PATCH"]

    private let store: FileStore
    private let wire: WireMode

    /// Creates a service on the files of `store`; the report's looks at the version itself, the
    /// standard one leaves that to the finding.
    package init(store: FileStore, wire: WireMode = .report) {
        self.store = store
        self.wire = wire
    }

    /// The refusal of a version other than HTTP/1.1, or `nil`; the report's server looks at nothing
    /// else of a request before.
    package static func refusal(ofVersion version: [UInt8]) -> Answer? {
        if version.elementsEqual("HTTP/1.1".utf8) { return nil }
        return versionRefusal
    }

    /// The answer to a version other than HTTP/1.1.
    package static let versionRefusal = Answer(
        .versionNotSupported,
        "This server speaks HTTP/1.1 only."
    )

    /// Answers `request`; may block for as long as the file system does.
    package func answer(_ request: FileRequest) -> Answer {
        if wire == .report, let refusal = Self.refusal(ofVersion: request.version) {
            return refusal
        }
        let method = String(decoding: request.method, as: UTF8.self)
        do {
            switch method {
            case "GET": return try get(request)
            case "POST": return try post(request)
            case "PUT": return try change(request) { try replace(with: $0) }
            case "PATCH": return try change(request) { try store.append($0, to: .index) }
            default: return Answer(.methodNotAllowed, "This server does not know this method.")
            }
        } catch {
            return Self.answer(to: error)
        }
    }

    private func get(_ request: FileRequest) throws -> Answer {
        guard isIndex(request) else { return Self.notFound }
        return try Answer(file: store.read(.index))
    }

    private func post(_ request: FileRequest) throws -> Answer {
        if request.data.isEmpty { return Answer(.noContent) }
        guard let file = NamedText(request.data) else {
            return Answer(.badRequest, "The data is not of the form Filename: NAME Content: TEXT.")
        }
        let name = try FileName(textFile: file.name)
        let content = file.text + [.lineFeed]
        try store.replace(name, with: content)
        return Answer(file: content)
    }

    private func change(
        _ request: FileRequest,
        _ body: ([UInt8]) throws -> [UInt8]
    ) throws -> Answer {
        guard isIndex(request) else { return Self.notFound }
        if request.data.isEmpty { return Answer(.noContent) }
        return try Answer(file: body(Self.line(request.data)))
    }

    private func replace(with content: [UInt8]) throws(FileStoreError) -> [UInt8] {
        try store.replace(.index, with: content)
        return content
    }

    private func isIndex(_ request: FileRequest) -> Bool {
        request.path.elementsEqual("/index.txt".utf8)
    }

    private static let notFound = Answer(.notFound, "The only file here is /index.txt.")

    /// `data` as it is written to the file: with one line end, also where it brings its own.
    private static func line(_ data: [UInt8]) -> [UInt8] {
        var line = data
        if line.last == .lineFeed { line.removeLast() }
        if line.last == .carriageReturn { line.removeLast() }
        return line + [.lineFeed]
    }

    private static func answer(to error: any Error) -> Answer {
        switch error {
        case let error as InvalidFileName: Answer(.badRequest, "Refused: \(error).")
        case let error as FileStoreError: Answer(status(for: error), "Failed: \(error).")
        default: Answer(.internalError, "The server failed.")
        }
    }

    private static func status(for error: FileStoreError) -> AnswerStatus {
        switch error {
        case .notFound: .notFound
        case .notAFile, .notPermitted: .forbidden
        case .noSpace: .insufficientStorage
        case .tooLong: .contentTooLarge
        case .rootUnavailable, .failed: .internalError
        }
    }
}
