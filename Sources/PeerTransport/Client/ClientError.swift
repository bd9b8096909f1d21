internal import NIOCore
internal import NIOPosix
package import SystemPackage

/// Why there is no response.
package enum ClientError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The host has no address.
    case unknownHost(HostAndPort)
    /// Nobody listens there.
    case refused(HostAndPort)
    /// There was no answer to the attempt to connect.
    case connectTimedOut(HostAndPort, Duration)
    /// There is no way to the host, or another reason not to connect.
    case cannotConnect(HostAndPort, Errno?)
    /// The response did not come to its end in time; so many bytes of it had come.
    case timedOut(HostAndPort, Duration, received: Int)
    /// The server reset the connection; so many bytes of the response had come.
    case reset(HostAndPort, received: Int)
    /// The server closed the connection and had sent nothing.
    case closedWithoutAnswer(HostAndPort)
    /// The response is longer than the client takes, in bytes.
    case tooLong(HostAndPort, limit: Int)

    /// Whether the server could not be reached at all.
    package var isConnectFailure: Bool {
        switch self {
        case .unknownHost, .refused, .connectTimedOut, .cannotConnect: true
        case .timedOut, .reset, .closedWithoutAnswer, .tooLong: false
        }
    }

    package var description: String {
        switch self {
        case .unknownHost(let end): "cannot find the host \(end.host)"
        case .refused(let end):
            "cannot connect to \(end): connection refused; is the server running?"
        case .connectTimedOut(let end, let time):
            "cannot connect to \(end): no answer within \(Self.text(time))"
        case .cannotConnect(let end, let error):
            "cannot connect to \(end): \(error.map { "\($0)" } ?? "the connection failed")"
        case .timedOut(let end, let time, let received):
            "\(end) did not finish its response within \(Self.text(time)): "
                + "\(received) bytes had come"
        case .reset(let end, let received):
            "\(end) reset the connection before the response was complete: "
                + "\(received) bytes had come"
        case .closedWithoutAnswer(let end): "\(end) closed the connection without an answer"
        case .tooLong(let end, let limit): "the response of \(end) is longer than \(limit) bytes"
        }
    }

    private static func text(_ time: Duration) -> String {
        let milliseconds = time / .milliseconds(1)
        return milliseconds < 1000 ? "\(Int(milliseconds)) ms" : "\(milliseconds / 1000) s"
    }
}

extension ClientError {
    /// What a failed attempt to connect comes to.
    init(connecting error: any Error, _ end: HostAndPort, _ time: Duration) {
        switch error {
        case let error as ClientError: self = error
        case ChannelError.connectTimeout: self = .connectTimedOut(end, time)
        case let error as IOError: self = Self.connectFailure(Errno(rawValue: error.errnoCode), end)
        case let error as NIOConnectionError:
            // The last address that was tried tells most; without one the name was not found.
            guard let last = error.connectionErrors.last?.error else {
                self = .unknownHost(end)
                return
            }
            self = ClientError(connecting: last, end, time)
        default: self = .cannotConnect(end, nil)
        }
    }

    private static func connectFailure(_ error: Errno, _ end: HostAndPort) -> ClientError {
        error == .connectionRefused ? .refused(end) : .cannotConnect(end, error)
    }
}
