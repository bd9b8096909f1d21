internal import Bytes
package import SystemPackage

/// Why a file could not be read or written.
package enum FileStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The root directory cannot be opened.
    case rootUnavailable(String, Errno)
    /// The folder with this path cannot be read.
    case folderUnavailable(String, Errno)
    /// There is no such file.
    case notFound(FileName)
    /// What has this name is a symbolic link, a directory or a device.
    case notAFile(FileName)
    /// This user may not read or write it.
    case notPermitted(FileName)
    /// The file system is full, or a quota is used up; the old content is still there.
    case noSpace(FileName)
    /// The file is, or would be, longer than the store takes; `limit` in bytes.
    case tooLong(FileName, limit: Int)
    /// This process, or the system, has as many files and connections open as it may.
    case noDescriptors(FileName)
    /// The system refused for another reason.
    case failed(FileName, Errno)

    init(_ error: Errno, _ name: FileName) {
        switch error {
        case .noSuchFileOrDirectory, .notDirectory: self = .notFound(name)
        // O_NOFOLLOW answers ELOOP for a symbolic link; a socket cannot be opened at all.
        case .tooManySymbolicLinkLevels, .isDirectory, .noSuchAddressOrDevice:
            self = .notAFile(name)
        case .permissionDenied, .notPermitted, .readOnlyFileSystem: self = .notPermitted(name)
        case .noSpace, .diskQuotaExceeded, .fileTooLarge: self = .noSpace(name)
        case .tooManyOpenFiles, .tooManyOpenFilesInSystem: self = .noDescriptors(name)
        default: self = .failed(name, error)
        }
    }

    package var description: String { EscapedText.escape(sentence) }

    private var sentence: String {
        switch self {
        case .rootUnavailable(let path, let error): "cannot open directory \(path): \(error)"
        case .folderUnavailable(let path, let error): "cannot read the folder \(path): \(error)"
        case .notFound(let name): "there is no file \(name.text)"
        case .notAFile(let name): "\(name.text) is not a regular file"
        case .notPermitted(let name): "no permission to use \(name.text)"
        case .noSpace(let name): "no space left to write \(name.text)"
        case .tooLong(let name, let limit): "\(name.text) would be longer than \(limit) bytes"
        case .noDescriptors(let name): "too many files are open to open \(name.text)"
        case .failed(let name, let error): "cannot use \(name.text): \(error)"
        }
    }
}
