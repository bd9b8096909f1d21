internal import Bytes

/// The files as the report's server had them: `index.txt` is read and changed, POST makes others.
struct ReportFiles: Sendable {
    let store: FileStore

    func answer(_ request: FileRequest) throws -> Answer {
        switch String(decoding: request.method, as: UTF8.self) {
        case "GET": try get(request)
        case "POST": try post(request)
        case "PUT": try change(request) { try replace(with: $0) }
        case "PATCH": try change(request) { try store.append($0, to: .index) }
        default: Answer(.methodNotAllowed, "This server does not know this method.")
        }
    }

    private func get(_ request: FileRequest) throws -> Answer {
        guard isIndex(request) else { return Self.notFound }
        return try Answer(file: store.read(.index))
    }

    private func post(_ request: FileRequest) throws -> Answer {
        if request.data.isEmpty { return Answer(.noContent) }
        guard let file = NamedText(request.data) else { return NamedText.refusal }
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
        return try Answer(file: body(request.line))
    }

    private func replace(with content: [UInt8]) throws(FileStoreError) -> [UInt8] {
        try store.replace(.index, with: content)
        return content
    }

    private func isIndex(_ request: FileRequest) -> Bool {
        request.path.elementsEqual("/index.txt".utf8)
    }

    private static let notFound = Answer(.notFound, "The only file here is /index.txt.")
}
