package import Packets
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Capture files that are read as one capture: their frames in the order of their times.
///
/// Frames of the same time come in the order in which the files are named, and those of one file in
/// the file's own order, also where its clock ran backwards. A file is open only while its frames
/// are due, as far as it can be opened twice, so that the files of a long ring (`tcpdump -C`)
/// need neither as many descriptors nor as many windows.
package struct CaptureFiles: ~Copyable {
    /// One of the files, with what is known of it.
    private final class Source {
        let path: String
        var file: CaptureFile?
        /// The time of the next frame; before one was looked for, the earliest there is.
        var next = Int64.min

        init(path: String) { self.path = path }
    }

    /// The files that are not read to their end, in the order in which they were named.
    private var sources: [Source]
    private let areMerged: Bool
    private let isFollowed: Bool
    /// The number of frames lent so far, where files are merged; of a file that is followed, those
    /// that it held before it was written anew.
    private var framesRead = 0
    /// What the files that were read to their end say beside their frames; frames that comments are
    /// about count in their own file.
    private var ended = CaptureDescription()

    /// Who reads ahead, where somebody does.
    private let runner: (@Sendable (@escaping @Sendable () -> Void) -> Void)?

    /// Files at these paths, `-` being standard input; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - paths: the names of the files.
    ///   - runner: has what it is given done on another thread, one after the other; a file that is
    ///     read alone is read ahead by it.
    package init(
        paths: [String],
        readingAhead runner: (@Sendable (@escaping @Sendable () -> Void) -> Void)? = nil
    ) {
        sources = paths.map(Source.init)
        areMerged = paths.count > 1
        isFollowed = false
        self.runner = areMerged ? nil : runner
    }

    /// One file that is still being written: see ``CaptureFile/init(path:isFollowed:)``.
    package init(following path: String) {
        sources = [Source(path: path)]
        areMerged = false
        isFollowed = true
        runner = nil
    }

    /// Whether everything was read; a followed file may always grow, a pipe until it is closed.
    package var isAtEnd: Bool { sources.isEmpty }

    /// Whether the next frame of the only file is not in memory.
    package var needsInput: Bool { sources.first?.file?.needsInput ?? true }

    /// Begins a followed file again that is being written anew; answers whether it is.
    package mutating func startOver() -> Bool {
        guard isFollowed, let source = sources.first, source.file?.isTruncated == true else {
            return false
        }
        framesRead += source.file?.framesRead ?? 0
        source.file = nil
        return true
    }

    /// Lends the next frames to `body`, numbered through from 1.
    ///
    /// - Returns: `false` where there are no more, or no more now in a followed file.
    /// - Throws: what ends one of the files, or damage in it; the next call goes on behind the
    ///   damage, or with the others.
    package mutating func read(
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> Bool {
        guard let (index, limit) = earliest() else { return false }
        let source = sources[index]
        do throws(CaptureError) {
            switch try lend(from: source, upTo: limit, body) {
            case .lent: return true
            case .held(let time):
                source.next = time
                if source.file?.framesRead == 0, source.file?.canReopen == true {
                    source.file = nil
                }
                return true
            case .ended:
                if source.file?.isAtEnd != false { remove(at: index) }
                return !isFollowed
            }
        } catch {
            // What is written anew is not damaged: see ``startOver()``.
            if isFollowed, source.file?.isTruncated == true { return false }
            if source.file?.isAtEnd != false { remove(at: index) }
            throw error
        }
    }

    /// What the files say beside their frames, as far as they are read.
    package var description: CaptureDescription {
        var description = ended
        for source in sources {
            if let file = source.file?.description { description.add(file) }
        }
        description.clock.isOfSeveralFiles = areMerged
        return description
    }

    private mutating func remove(at index: Int) {
        if let description = sources[index].file?.description { ended.add(description) }
        sources.remove(at: index)
    }

    /// Waits until a followed file may have grown.
    package func waitForMore(milliseconds: Int) {
        sources.first?.file?.waitForMore(milliseconds: milliseconds)
    }

    /// Whether there is a file at `path`.
    package static func exists(_ path: String) -> Bool {
        (try? FilePath(path).stat()) != nil
    }

    /// Waits for something that may happen to a file.
    package static func wait(milliseconds: Int) {
        _ = poll(nil, 0, Int32(clamping: milliseconds))
    }

    private mutating func lend(
        from source: Source,
        upTo limit: Int64,
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> LendingState {
        if source.file == nil {
            source.file = try CaptureFile(
                path: source.path,
                isFollowed: isFollowed,
                readingAhead: runner
            )
        }
        guard areMerged || framesRead > 0 else {
            return try source.file?.read(upTo: limit, body) ?? .ended
        }
        var number = framesRead
        if !areMerged { number += source.file?.framesRead ?? 0 }
        defer { if areMerged { framesRead = number } }
        return try source.file?.read(upTo: limit) { frame, bytes in
            var frame = frame
            number += 1
            frame.number = number
            body(frame, bytes)
        } ?? .ended
    }

    /// Which file's frame is next, and up to which time no other file has one to lend before.
    private func earliest() -> (index: Int, limit: Int64)? {
        guard var first = sources.indices.first else { return nil }
        for index in sources.indices where sources[index].next < sources[first].next {
            first = index
        }
        var limit = Int64.max
        for (index, source) in sources.enumerated() where index != first {
            // At the same time, a file that was named before comes first.
            limit = min(limit, index < first ? source.next - 1 : source.next)
        }
        return (first, limit)
    }
}
