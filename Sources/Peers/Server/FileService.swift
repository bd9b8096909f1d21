internal import Bytes

/// The file server: what it answers to a request, and what it does to the files.
package struct FileService: Sendable {
    /// The methods that it knows, in the order in which `Allow` names them.
    package static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "OPTIONS"]
    /// Those of them by which no file changes.
    static let methodsOfReaders = ["GET", "HEAD", "OPTIONS"]

    private let wire: WireMode
    private let reportFiles: ReportFiles
    private let standardFiles: StandardFiles

    /// Creates a service on the files of `store`; the report's looks at the version itself, the
    /// standard one leaves that to the finding.
    ///
    /// - Parameters:
    ///   - store: the files.
    ///   - wire: whose rules hold.
    ///   - isWritable: whether the standard service changes files.
    ///   - listsFolders: whether it shows what a folder without an index holds.
    package init(
        store: FileStore,
        wire: WireMode = .report,
        isWritable: Bool = true,
        listsFolders: Bool = true
    ) {
        self.wire = wire
        reportFiles = ReportFiles(store: store)
        standardFiles = StandardFiles(
            store: store,
            isWritable: isWritable,
            listsFolders: listsFolders
        )
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
        do {
            return switch wire {
            case .report: try reportFiles.answer(request)
            case .standard: try standardFiles.answer(request)
            }
        } catch {
            return Self.answer(to: error)
        }
    }

    /// The answer to `request` if it needs no file to be read, as the content is at hand; does not
    /// block but for asking the file system whether the file is still the same.
    package func answerAtOnce(_ request: FileRequest) -> Answer? {
        wire == .standard ? standardFiles.answerAtOnce(request) : nil
    }

    private static func answer(to error: any Error) -> Answer {
        switch error {
        case InvalidFileName.directory: Answer(.notFound, "Failed: \(InvalidFileName.directory).")
        case let error as InvalidFileName: Answer(.badRequest, "Refused: \(error).")
        case let error as FileStoreError: Answer(status(for: error), "Failed: \(error).")
        default: Answer(.internalError, "The server failed.")
        }
    }

    private static func status(for error: FileStoreError) -> AnswerStatus {
        switch error {
        case .notFound, .folderUnavailable(_, .noSuchFileOrDirectory),
            .folderUnavailable(_, .notDirectory):
            .notFound
        case .folderUnavailable(_, .permissionDenied),
            .folderUnavailable(_, .tooManySymbolicLinkLevels):
            .forbidden
        case .folderUnavailable(_, .tooManyOpenFiles),
            .folderUnavailable(_, .tooManyOpenFilesInSystem):
            .unavailable
        case .notAFile, .notPermitted: .forbidden
        case .noSpace: .insufficientStorage
        case .tooLong: .contentTooLarge
        case .noDescriptors: .unavailable
        case .rootUnavailable, .folderUnavailable, .failed: .internalError
        }
    }
}

extension FileRequest {
    /// The data as it is written to a text file: with one line end, also where it brings its own.
    var line: [UInt8] {
        var line = data
        if line.last == .lineFeed { line.removeLast() }
        if line.last == .carriageReturn { line.removeLast() }
        return line + [.lineFeed]
    }
}
