internal import Packets
internal import Trace

extension ConnectionEnd {
    /// The manner, the side, the frame and the time: `Closed by the server in frame 8, 100 ms
    /// before the request`.
    var sentence: String {
        let what =
            switch manner {
            case .closed: "Closed"
            case .reset: "Reset"
            }
        let place = "\(what) by the \(side.rawValue) in frame \(frame)"
        guard let sinceRequest else { return place }
        return sinceRequest < 0
            ? "\(place), \(DurationText.text(-sinceRequest)) before the request"
            : "\(place), \(DurationText.text(sinceRequest)) after the request began"
    }
}

extension IdleReset {
    /// The side, the frame, and the time before: `by the server in frame 20, idle for 2 s`.
    var sentence: String {
        let place = "by the \(side.rawValue) in frame \(frame)"
        return idle.map { "\(place), idle for \(DurationText.text($0))" } ?? place
    }
}

extension SlowEndpoint {
    /// How many connections were slow, and how slow: `10.0.0.1:80 answered 3 connections only when
    /// asked again, the slowest after 3 s`.
    var sentence: String {
        let count = TraceSummary.counted(connections, "connection", "connections")
        return "\(server) answered \(count) only when asked again, the slowest after "
            + DurationText.text(longestConnect)
    }
}

extension FailedEndpoint {
    /// How many connections failed, and how: `127.0.0.1:5001 refused 9 connections`.
    var sentence: String {
        let count = TraceSummary.counted(connections, "connection", "connections")
        return switch outcome {
        case .refused: "\(server) refused \(count)"
        case .unanswered: "\(server) did not answer \(count)"
        }
    }
}
