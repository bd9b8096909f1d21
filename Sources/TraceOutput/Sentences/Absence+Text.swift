package import Trace

extension Absence {
    /// Why the half is missing, in words.
    package var sentence: StaticString {
        switch self {
        case .connectionClosed: "no response before the connection closed"
        case .connectionReset: "no response before the connection was reset"
        case .captureEnded: "no response before the capture ended"
        case .responseNotRecognized: "what came instead of the response is not HTTP"
        case .responseNotCaptured: "response not in the capture"
        case .requestNotCaptured: "request not in the capture"
        case .requestNotHTTP: "what the client sent is not HTTP"
        case .unsolicited: "no request: the server sent this response unasked"
        }
    }
}
