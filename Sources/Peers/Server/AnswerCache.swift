internal import Synchronization

/// Answers with the content of small files, kept for the next who asks.
///
/// Whether the file is still the same is asked each time: the cache spares opening and reading.
final class AnswerCache: Sendable {
    /// One answer, and the file that it holds.
    struct Entry: Sendable {
        let answer: Answer
        let name: FileName
        let version: FileVersion
    }

    /// The most entries, and bytes of content.
    private static let limit = (entries: 1024, bytes: 16 << 20)

    /// How old a change must be, in seconds: the clock of a file system may stand still for two
    /// seconds, and a change within the same tick would go unnoticed.
    private static let settlingTime = 3

    private struct Entries {
        var answers: [[UInt8]: Entry] = [:]
        var bytes = 0
    }

    private let entries = Mutex(Entries())

    /// What is kept for `target`.
    func answer(to target: [UInt8]) -> Entry? {
        entries.withLock { $0.answers[target] }
    }

    /// Keeps `answer`, unless the file has changed only just now.
    func keep(_ answer: Answer, to target: [UInt8], _ name: FileName, _ version: FileVersion) {
        // A query could be anything, and would drive out what is asked for again.
        guard case .bytes(let content) = answer.content, content.count == version.length,
            !target.contains(UInt8(ascii: "?")),
            version.changed.seconds + Self.settlingTime < FileTime.now().seconds
        else { return }
        let entry = Entry(answer: answer, name: name, version: version)
        entries.withLock { entries in
            // Which entry is needed least is not worth keeping books of.
            if entries.answers.count >= Self.limit.entries
                || entries.bytes + content.count > Self.limit.bytes
            {
                entries = Entries()
            }
            entries.bytes += content.count + target.count
            if let old = entries.answers.updateValue(entry, forKey: target) {
                entries.bytes -= old.version.length + target.count
            }
        }
    }
}
