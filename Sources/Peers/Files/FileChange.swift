#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// What is to be done to a file.
enum FileChange: Sendable, Hashable {
    /// This becomes the whole content.
    case replacement([UInt8])
    /// This is appended.
    case addition([UInt8])

    var isAddition: Bool {
        switch self {
        case .addition: true
        case .replacement: false
        }
    }
}

/// A file after a change.
struct ChangedFile: Sendable, Hashable {
    let content: [UInt8]
    let version: FileVersion
    /// Whether there was no such file before.
    let isNew: Bool
}

/// A file as it is handed out.
enum StoredFile: Sendable, Hashable {
    /// The content, which was read.
    case small([UInt8], FileVersion)
    /// The open file.
    case large(SharedFile)
}

/// The name of a file that is being written: no file name of the store begins with a full stop.
struct TemporaryName {
    let text: String

    init(number: Int) { text = "\(Self.beginning)\(getpid())-\(number)\(Self.end)" }

    static func isOne(_ name: String) -> Bool {
        name.hasPrefix(beginning) && name.hasSuffix(end)
    }

    private static let beginning = ".httptrace-"
    private static let end = ".tmp"
}
