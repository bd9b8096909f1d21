package import Trace

extension Absence {
    /// The name that output formats for programs use.
    package var code: StaticString {
        switch self {
        case .connectionClosed: "connection-closed"
        case .connectionReset: "connection-reset"
        case .captureEnded: "capture-ended"
        case .responseNotCaptured: "response-not-captured"
        case .requestNotCaptured: "request-not-captured"
        case .unsolicited: "unsolicited"
        }
    }

    /// Why the half is missing, in words.
    package var sentence: StaticString {
        switch self {
        case .connectionClosed: "no response before the connection closed"
        case .connectionReset: "no response before the connection was reset"
        case .captureEnded: "no response before the capture ended"
        case .responseNotCaptured: "response not in the capture"
        case .requestNotCaptured: "request not in the capture"
        case .unsolicited: "no request: the server sent this response unasked"
        }
    }
}
