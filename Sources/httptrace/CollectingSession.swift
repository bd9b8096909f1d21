import ArgumentParser
import CaptureIO
import Packets
import Trace
import TraceIO

/// All exchanges of capture files, for comparisons that need the whole.
struct CollectingSession {
    private(set) var exchanges: [Exchange] = []
    private(set) var summary = TraceSummary()

    /// What kept the files from being read to their end.
    private(set) var damage: [CaptureError] = []

    /// Reads files to their ends.
    ///
    /// - Parameters:
    ///   - paths: their names, `-` being standard input.
    ///   - filter: which frames count; all where it is `nil`.
    ///   - linkType: that of the frames, where the files do not say it rightly.
    ///   - options: what the tracer keeps.
    /// - Throws: the exit code where there is nothing to compare; the reason was told.
    init(
        _ paths: [String],
        filter: String?,
        linkType: LinkType? = nil,
        options: TracerOptions
    ) throws {
        let program: PacketFilter?
        do throws(CaptureError) {
            program = try filter.map { expression throws(CaptureError) in
                try PacketFilter(expression)
            }
        } catch {
            throw error.reported()
        }
        var trace = FileTrace(options: options, filter: program, linkType: linkType)
        var files = CaptureFiles(paths: paths)
        var collected: [Exchange] = []
        while !files.isAtEnd {
            do throws(CaptureError) {
                _ = try trace.read(&files) { collected.append($0) }
            } catch {
                _ = error.reported()
                damage.append(error)
            }
        }
        trace.finish { collected.append($0) }
        exchanges = collected
        for notice in files.description.notices(frames: trace.framesRead) { report(notice) }
        summary = trace.summary
        // Where nothing could be read there is nothing to compare.
        if let first = damage.first, trace.framesRead == 0 { throw ExitCode(first.kind.exitCode) }
        if filter != nil, summary.frames == 0, trace.framesRead > 0 {
            report("the filter matches none of the \(trace.framesRead) frames that were read")
        }
    }
}
