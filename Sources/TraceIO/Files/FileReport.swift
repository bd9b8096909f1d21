package import CaptureIO
package import Packets
package import Trace
package import TraceOutput

/// Traces capture files, and writes exchanges and summary to standard output.
///
/// Where more than one thread may be used, the streams of the connections are read and rendered on
/// as many as asked for, while the caller's reads the files. The output is the same for any number.
package struct FileReport: ~Copyable {
    /// All that is needed where everything happens on the caller's thread.
    fileprivate struct Here: ~Copyable {
        var trace: FileTrace
        var writer: ResultWriter
        var servers = KnownServers()
    }

    private var here: Here?
    private var sharded: ShardedFileTrace?

    /// The summary of the files, once the trace has ended.
    package private(set) var summary = TraceSummary()

    /// Gets ready to trace.
    ///
    /// - Parameters:
    ///   - format: how exchanges are shown.
    ///   - style: how that looks.
    ///   - options: which data the tracer keeps.
    ///   - filter: which frames count; `nil` for all.
    ///   - snapshotLength: the most bytes of a frame that are looked at.
    ///   - linkType: that of the frames, where the files are wrong about that.
    ///   - threadCount: how many threads may read streams; 1 is the caller's alone.
    ///   - limit: the most exchanges that are written. Where given, or where files are followed,
    ///     `threadCount` has to be 1: when reading ends depends on the exchanges found.
    package init(
        _ format: OutputFormat,
        _ style: OutputOptions,
        options: TracerOptions = TracerOptions(),
        filter: consuming PacketFilter? = nil,
        snapshotLength: Int = .max,
        linkType: LinkType? = nil,
        threadCount: Int = 1,
        limit: Int = .max
    ) {
        let frames = ChosenFrames(
            filter: filter,
            snapshotLength: snapshotLength,
            linkType: linkType
        )
        if threadCount > 1 {
            sharded = ShardedFileTrace(
                format,
                style,
                options: options,
                frames: frames,
                threadCount: threadCount
            )
        } else {
            var writer = ResultWriter(format, style)
            writer.limit = limit
            here = Here(trace: FileTrace(options: options, frames: frames), writer: writer)
        }
    }

    /// How far a trace has come.
    package struct Progress: Sendable {
        /// How many frames were read, whether the filter chose them or not.
        package var framesRead = 0
        /// How many of them were traced.
        package var framesTraced = 0
        /// Whether nothing more is to be written: as many as asked for, or nobody reads.
        package var isDone = true
    }

    /// How far the trace has come.
    package mutating func progress() -> Progress {
        sharded?.progress() ?? here?.progress() ?? Progress()
    }

    /// The servers that refused each connection, the first of them, where one thread reads streams.
    package mutating func refusingServers() -> [Endpoint] { here?.refusingServers() ?? [] }

    /// The files' contents beside frames; to be set once they are read.
    package mutating func note(_ description: CaptureDescription) {
        sharded?.description = description
        here?.trace.description = description
    }

    /// Traces the next piece of the files.
    ///
    /// - Returns: `false` where there is no more, or no more now in a followed file.
    /// - Throws: the error that ended one of the files early; the next call goes on with
    ///   the others.
    package mutating func read(_ files: inout CaptureFiles) throws(CaptureError) -> Bool {
        if sharded != nil { return try sharded?.read(&files) ?? false }
        return try here?.read(&files) ?? false
    }

    /// Finds exchanges that are finished and were held for data that might follow at once, where
    /// nothing follows.
    package mutating func pause() {
        sharded?.pause()
        here?.pause()
    }

    /// Writes the exchanges that are in flight now and have been for a while, where the files are
    /// written now, were read to their end, and one thread reads streams.
    package mutating func writePending() { here?.writePending() }

    /// Writes everything that was found and is not held for data that may follow.
    package mutating func flush() {
        sharded?.flush()
        here?.writer.flush()
    }

    /// Ends the trace: writes unfinished exchanges and the summary; answers why output ended early,
    /// or `nil`.
    package mutating func finish() -> TextWriter.Failure? {
        if sharded != nil { return sharded?.finish(&summary) }
        return here?.finish(&summary)
    }
}

extension FileReport.Here {
    fileprivate mutating func read(_ files: inout CaptureFiles) throws(CaptureError) -> Bool {
        guard writer.isLimited else {
            return try trace.read(&files) { exchange in
                writer.write(exchange)
                servers.note(exchange.server)
            }
        }
        return try trace.readOneByOne(&files) { exchange in
            writer.write(exchange)
            servers.note(exchange.server)
            return !writer.isDone
        }
    }

    fileprivate mutating func refusingServers() -> [Endpoint] {
        var refusing: [Endpoint] = []
        for failed in trace.summary.failedConnections where failed.outcome == .refused {
            let server = failed.server
            if !servers.contains(server), !refusing.contains(server) { refusing.append(server) }
        }
        return refusing
    }

    fileprivate mutating func progress() -> FileReport.Progress {
        FileReport.Progress(
            framesRead: trace.framesRead,
            framesTraced: trace.framesTraced,
            isDone: writer.isDone
        )
    }

    fileprivate mutating func writePending() {
        trace.takePending(at: .now) { writer.write(pending: $0, waited: $1) }
    }

    fileprivate mutating func pause() { trace.pause { writer.write($0) } }

    fileprivate mutating func finish(_ summary: inout TraceSummary) -> TextWriter.Failure? {
        trace.finish { writer.write($0) }
        summary = writer.finish(trace.summary)
        return writer.failure
    }
}

/// Servers of exchanges, as many as are worth keeping in mind.
private struct KnownServers {
    private static let limit = 256

    private var servers: Set<Endpoint> = []
    /// That of the latest exchange, and mostly of the next one too.
    private var latest: Endpoint?

    mutating func note(_ server: Endpoint) {
        guard server != latest else { return }
        latest = server
        if servers.count < Self.limit { servers.insert(server) }
    }

    func contains(_ server: Endpoint) -> Bool { servers.contains(server) }
}
