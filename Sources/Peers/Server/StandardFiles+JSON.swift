internal import Content

// JSON that is posted becomes a file: the one that the target names, or a new one of a folder.
extension StandardFiles {
    /// The most files of a folder whose names are numbers.
    private static let lastNumber = 99_999

    /// Whether the content is JSON by its type.
    func isJSON(_ request: FileRequest) -> Bool {
        guard let type = request.fields?.contentType else { return false }
        let essence = MediaType(type.span).essence
        return essence == "application/json" || essence.hasSuffix("+json")
    }

    /// Stores JSON as it came.
    func postJSON(_ request: FileRequest) throws -> Answer {
        guard let folder = try FolderName(path: request.path) else {
            let name = try FileName(path: request.path)
            let conditions = Preconditions(request.fields ?? RequestFields())
            let changed = try store.apply(.replacement(request.data), to: name) { version in
                conditions.outcome(for: version, isReading: false) == .met
            }
            return changed.map { answer(stored: $0, name) } ?? Self.preconditionFailed
        }
        let used = Set(try store.entries(of: folder).map(\.name))
        for number in 1...Self.lastNumber where !used.contains("\(number).json") {
            let name = try folder.file("\(number).json")
            // Another request may have taken it since.
            let changed = try store.apply(.replacement(request.data), to: name) { $0 == nil }
            if let changed { return answer(stored: changed, name) }
        }
        return Answer(.insufficientStorage, "The folder is full.")
    }
}
