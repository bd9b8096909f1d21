internal import Bytes
internal import Content

/// The files below the root as RFC 9110 has an origin server handle them.
struct StandardFiles: Sendable {
    let store: FileStore
    let listsFolders: Bool
    private let isWritable: Bool
    private let cache = AnswerCache()

    /// Files beyond this length, in bytes, are sent from the disk and not read into memory.
    private static let smallFile = 64 << 10

    init(store: FileStore, isWritable: Bool, listsFolders: Bool) {
        self.store = store
        self.isWritable = isWritable
        self.listsFolders = listsFolders
    }

    func answer(_ request: FileRequest) throws -> Answer {
        if request.isChange, !isWritable { return refusal(Self.notWritable) }
        switch String(decoding: request.method, as: UTF8.self) {
        case "GET", "HEAD": return try get(request)
        case "POST": return try post(request)
        case "PUT", "PATCH": return try change(request)
        case "OPTIONS": return options(request)
        case "DELETE", "TRACE", "CONNECT":
            return refusal("No file is open to this method.")
        default:
            return Answer(.notImplemented, "This server does not know this method.")
        }
    }

    /// The answer to a plain request for a file that is cached and unchanged.
    func answerAtOnce(_ request: FileRequest) -> Answer? {
        guard request.fields == nil, request.method.elementsEqual("GET".utf8),
            let cached = cache.answer(to: request.target),
            let version = try? store.version(of: cached.name), version == cached.version
        else { return nil }
        return cached.answer
    }

    private static let notWritable = "This server changes no files: --writable has it do so."

    /// The methods by which files can be had here.
    private var methods: [String] {
        isWritable ? FileService.methods : FileService.methodsOfReaders
    }

    /// The answer to a method that is not allowed.
    private func refusal(_ explanation: String) -> Answer {
        var answer = Answer(.methodNotAllowed, explanation)
        answer.allowedMethods = methods
        return answer
    }

    private func get(_ request: FileRequest) throws -> Answer {
        if let folder = try FolderName(path: request.path) {
            return try getFolder(folder, request)
        }
        let name = try FileName(path: request.path)
        do {
            return try getFile(name, request)
        } catch FileStoreError.notAFile where store.isFolder(name) {
            return redirectToFolder(name, request)
        }
    }

    /// Answers with a file.
    func getFile(_ name: FileName, _ request: FileRequest) throws -> Answer {
        let file = try store.open(name, contentUpTo: Self.smallFile)
        let answer = answer(with: file, name, request)
        if case .small(_, let version) = file, answer.status == .ok, request.fields == nil {
            cache.keep(answer, to: request.target, name, version)
        }
        return answer
    }

    private func answer(
        with file: StoredFile,
        _ name: FileName,
        _ request: FileRequest
    ) -> Answer {
        let version = file.version
        var answer = Answer(.ok, content: file.content(0..<file.length))
        answer.mediaType = FileMediaType.type(of: name)
        answer.add("Accept-Ranges", "bytes")
        answer.add(version)
        guard let fields = request.fields else { return answer }
        let conditions = Preconditions(fields)
        switch conditions.outcome(for: version, isReading: true) {
        case .failed: return Self.preconditionFailed
        case .notModified:
            answer.status = .notModified
            answer.content = .explanation
            return answer
        case .met: break
        }
        if let range = fields.range, request.method.elementsEqual("GET".utf8),
            conditions.permitsRange(of: version)
        {
            answer.narrow(to: ByteRanges(range, length: file.length), of: file)
        }
        return answer
    }

    private func change(_ request: FileRequest) throws -> Answer {
        let name = try FileName(path: request.path)
        if let refusal = refusalOfContent(request) { return refusal }
        let isPut = request.method.elementsEqual("PUT".utf8)
        if isPut, request.source == .absent {
            return Answer(.lengthRequired, "PUT needs the content that the file is to have.")
        }
        if isPut, request.fields?.contentRange != nil {
            return Answer(.badRequest, "A part of a file cannot be PUT (RFC 9110 section 14.5).")
        }
        if !isPut, request.data.isEmpty { return Answer(.noContent) }
        let isExact = isPut && !isLine(request)
        let content = isExact ? request.data : request.line
        let change = isPut ? FileChange.replacement(content) : .addition(content)
        let conditions = Preconditions(request.fields ?? RequestFields())
        let changed = try store.apply(change, to: name) { version in
            conditions.outcome(for: version, isReading: false) == .met
        }
        guard let changed else { return Self.preconditionFailed }
        return isExact ? answer(stored: changed, name) : answer(changed, name, request)
    }

    /// The answer to content that was stored as it came: the client has it already.
    func answer(stored file: ChangedFile, _ name: FileName) -> Answer {
        var answer = Answer(.noContent)
        if file.isNew { answer = Answer(created: name, content: Array("\(name.target)\n".utf8)) }
        answer.add(file.version)
        return answer
    }

    /// The answer to a line that was written or appended: the file, as the report's server sent it.
    private func answer(_ file: ChangedFile, _ name: FileName, _ request: FileRequest) -> Answer {
        var answer = Answer(file: file.content)
        if file.isNew { answer = Answer(created: name, content: file.content) }
        answer.mediaType = FileMediaType.type(of: name)
        // The tag of what was not stored as sent would tell the client that it was (RFC 9110
        // §9.3.4).
        let isPut = request.method.elementsEqual("PUT".utf8)
        if !isPut || file.content == request.data { answer.add(file.version) }
        return answer
    }

    private func post(_ request: FileRequest) throws -> Answer {
        if let refusal = refusalOfContent(request) { return refusal }
        if request.data.isEmpty { return Answer(.noContent) }
        // curl calls everything a form that it is told to post.
        if let text = NamedText(request.data) {
            let name = try FileName(textFile: text.name)
            let content = text.text + [.lineFeed]
            try store.replace(name, with: content)
            // 200 also for a new file: the report's answer to its fourth request.
            return Answer(file: content)
        }
        if isJSON(request) { return try postJSON(request) }
        guard let form = try PostedForm(request) else { return NamedText.refusal }
        var names: [FileName] = []
        var isNew = false
        for file in form.files {
            let changed = try store.apply(.replacement(file.content), to: file.name) { _ in true }
            if changed?.isNew == true { isNew = true }
            names.append(file.name)
        }
        guard let first = form.files.first else {
            return Answer(.badRequest, "The form has neither Filename and Content nor a file.")
        }
        let list = Array(names.map { "\($0.target)\n" }.joined().utf8)
        return isNew ? Answer(created: first.name, content: list) : Answer(file: list)
    }

    private func options(_ request: FileRequest) -> Answer {
        var answer = Answer(.noContent)
        answer.add("Allow", methods.joined(separator: ", "))
        answer.add("Accept-Ranges", "bytes")
        if isWritable { answer.add("Accept-Patch", "text/plain") }
        return answer
    }

    private func refusalOfContent(_ request: FileRequest) -> Answer? {
        guard let coding = request.fields?.contentEncoding,
            !coding.span.equalsIgnoringCase("identity"), !coding.isEmpty
        else { return nil }
        var answer = Answer(.unsupportedMediaType, "This server stores content without coding.")
        answer.add("Accept-Encoding", "identity")
        return answer
    }

    /// Whether the data is a line of text, which gets its line end: that of a `Data` field and
    /// plain text, as the report's server wrote it.
    private func isLine(_ request: FileRequest) -> Bool {
        if request.source == .field { return true }
        guard let type = request.fields?.contentType, !request.data.isEmpty else { return false }
        return MediaType(type.span).essence == "text/plain"
    }

    static let preconditionFailed = Answer(
        .preconditionFailed,
        "The file is not as the request's conditions have it."
    )
}

extension StoredFile {
    /// What it was when it was opened.
    fileprivate var version: FileVersion {
        switch self {
        case .small(_, let version): version
        case .large(let file): file.version
        }
    }

    /// The bytes that are handed out.
    fileprivate var length: Int {
        switch self {
        case .small(let content, _): content.count
        case .large(let file): file.version.length
        }
    }

    /// A range of it as an answer's content.
    fileprivate func content(_ range: Range<Int>) -> Answer.Content {
        switch self {
        case .small(let content, _):
            .bytes(range.count == content.count ? content : Array(content[range]))
        case .large(let file): .pieces([.file(file, range)])
        }
    }

    fileprivate func pieces(_ range: Range<Int>) -> ContentPiece {
        switch self {
        case .small(let content, _): .bytes(Array(content[range]))
        case .large(let file): .file(file, range)
        }
    }
}

extension Answer {
    /// Creates the answer to a request that made the file `name`.
    fileprivate init(created name: FileName, content: [UInt8]) {
        self.init(.created, content: .bytes(content))
        add("Location", name.target)
    }

    /// Adds the validators (RFC 9110 §8.8).
    fileprivate mutating func add(_ version: FileVersion) {
        add("ETag", version.entityTag)
        let time = WallTime(secondsSinceEpoch: version.modified.seconds)
        add("Last-Modified", time.imfFixdate)
    }

    /// Makes it one of parts of `file` (RFC 9110 §15.3.7).
    fileprivate mutating func narrow(to ranges: ByteRanges, of file: StoredFile) {
        switch ranges {
        case .whole: return
        case .unsatisfiable:
            self = Answer(.rangeNotSatisfiable, "The file has \(file.length) bytes.")
            add("Content-Range", "bytes */\(file.length)")
        case .parts(let parts) where parts.count == 1:
            status = .partialContent
            content = file.content(parts[0])
            add("Content-Range", parts[0].contentRange(of: file.length))
        case .parts(let parts):
            status = .partialContent
            // It needs only be what no line of the content is; the tag of this very content is not.
            let boundary = "part-of-" + file.version.entityTag.filter { $0 != "\"" }
            var pieces: [ContentPiece] = []
            for part in parts {
                var head = "\r\n--\(boundary)\r\nContent-Type: \(mediaType)\r\n"
                head += "Content-Range: \(part.contentRange(of: file.length))\r\n\r\n"
                pieces += [.bytes(Array(head.utf8)), file.pieces(part)]
            }
            pieces.append(.bytes(Array("\r\n--\(boundary)--\r\n".utf8)))
            content = .pieces(pieces)
            mediaType = "multipart/byteranges; boundary=\"\(boundary)\""
        }
    }
}

extension Range<Int> {
    /// The value of a `Content-Range` field for this range of `length` bytes.
    fileprivate func contentRange(of length: Int) -> String {
        "bytes \(lowerBound)-\(upperBound - 1)/\(length)"
    }
}
